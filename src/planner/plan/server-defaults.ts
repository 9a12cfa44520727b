import type { KubernetesObject } from '../../model/kubernetes-object';
import { recordOf } from '../plain-data';

/** Kinds whose `spec.replicas` the API server fills in. */
const scaledKinds: ReadonlySet<string> = new Set(['apps/v1 Deployment', 'apps/v1 ReplicaSet', 'apps/v1 StatefulSet']);

/**
 * A template as the API server stores it, as far as that shows in a plan: one replica where none is written, for a Job a
 * parallelism of one, with one completion where neither is written, and `stringData` of a Secret encoded into `data`.
 *
 * @returns the same object where nothing is missing
 * @see Kubernetes pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go
 */
export function withServerDefaults(template: KubernetesObject): KubernetesObject {
  const kind = `${template.apiVersion} ${template.kind}`;
  if (scaledKinds.has(kind)) return withMissing(template, { replicas: 1 });
  if (kind === 'v1 Secret') return withEncodedData(template);
  if (kind !== 'batch/v1 Job') return template;
  const completions = recordOf(template.spec)?.['completions'];
  const parallelism = recordOf(template.spec)?.['parallelism'];
  const neither = isMissing(completions) && isMissing(parallelism);
  return withMissing(template, { ...(neither && { completions: 1 }), parallelism: 1 });
}

/** `stringData` is only ever written: it is merged into `data`, so overrides and members see it there. */
function withEncodedData(secret: KubernetesObject): KubernetesObject {
  const plain = recordOf(secret['stringData']);
  if (!plain) return secret;
  const { stringData: _, ...rest } = secret;
  const encoded = Object.entries(plain).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')]);
  return { ...rest, data: { ...recordOf(secret['data']), ...Object.fromEntries(encoded) } };
}

function withMissing(template: KubernetesObject, defaults: Readonly<Record<string, number>>): KubernetesObject {
  const spec = recordOf(template.spec);
  if (!spec) return template;
  const missing = Object.entries(defaults).filter(([field]) => isMissing(spec[field]));
  return missing.length === 0 ? template : { ...template, spec: { ...spec, ...Object.fromEntries(missing) } };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
