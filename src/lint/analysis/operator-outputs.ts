import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** Where custom kinds say the name of the object that their operator makes, beside their own name. */
const producedNames: readonly (readonly string[])[] = [
  ['spec', 'secretName'],
  ['spec', 'target', 'name'],
  ['spec', 'template', 'metadata', 'name'],
  ['spec', 'secretTemplate', 'metadata', 'name'],
  ['spec', 'writeConnectionSecretToRef', 'name'],
  ['spec', 'outputSecretRef', 'name'],
];

const known = new WeakMap<ControlPlaneState, ReadonlySet<string>>();

/**
 * Whether an object of this name may come from an operator: a custom object of the set has the name, or names it as what
 * it makes, as ExternalSecrets, Certificates and SealedSecrets do.
 */
export function mayBeProduced(namespace: string, name: string, federation: ControlPlaneState): boolean {
  let names = known.get(federation);
  if (!names) {
    names = new Set(federation.templates.flatMap(({ object }) => (isCustom(object) ? namesFrom(object) : [])));
    known.set(federation, names);
  }
  return names.has(`${namespace}/${name}`) || names.has(`/${name}`);
}

function namesFrom(object: KubernetesObject): readonly string[] {
  const namespace = textOf(object.metadata?.namespace);
  const names = [object.metadata?.name, ...producedNames.map((path) => fieldAt(object, ...path))];
  return names.map((name) => `${namespace}/${textOf(name)}`);
}

function isCustom({ apiVersion }: KubernetesObject): boolean {
  const group = apiGroup(apiVersion);
  return group.includes('.') && !/(^|\.)k8s\.io$/.test(group);
}
