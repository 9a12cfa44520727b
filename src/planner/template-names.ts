import { apiGroup } from '../kubernetes/object';
import type { TemplatePlan } from './plan';

/** Names by which users call a template: `pipy`, `Deployment/pipy`, `Deployment/default/pipy`, and with the API group `Deployment.apps/…`. */
export function templateNames({ key, manifest: { object } }: TemplatePlan): readonly string[] {
  const { namespace, name = '' } = object.metadata ?? {};
  const kinds = [object.kind, `${object.kind}.${apiGroup(object.apiVersion)}`];
  const long = kinds.flatMap((kind) => [`${kind}/${name}`, ...(namespace ? [`${kind}/${namespace}/${name}`] : [])]);
  return [String(name), ...long, key];
}

/** Whether a name is the one of a pattern, in which `*` stands for any text. */
export function namePattern(pattern: string): (name: string) => boolean {
  if (!pattern.includes('*')) return (name) => name === pattern;
  const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`, 's');
  return (name) => expression.test(name);
}
