import type { Manifest } from '../../kubernetes/manifest';
import { textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { claimOf } from '../matching/claim';
import type { Leftover } from '../plan';
import { bindingName, type CurrentBinding, type CurrentBindings } from './current-bindings';

/**
 * Current bindings whose template is not among the manifests. Deleting the template takes its copies out of the members,
 * unless the policy preserves them.
 */
export function leftoversOf(
  bindings: CurrentBindings,
  templates: readonly Manifest[],
  federation: ControlPlaneState,
): readonly Leftover[] {
  const current = bindings.all;
  if (current.length === 0) return [];
  const known = new Set(templates.map(({ object }) => `${textOf(object.metadata?.namespace)}/${bindingName(object)}`));
  return current
    .filter(({ namespace, name }) => !known.has(`${namespace}/${name}`))
    .map((binding) => ({
      binding: [binding.kind, binding.namespace, binding.resourceName].filter((part) => part !== '').join('/'),
      clusters: binding.clusters.map(({ name }) => name),
      preserved: binding.preservesOnDeletion ?? preservedBy(binding, federation),
    }));
}

function preservedBy({ labels, annotations }: CurrentBinding, federation: ControlPlaneState): boolean {
  const claim = claimOf({ apiVersion: '', kind: '', metadata: { labels, annotations } });
  return federation.propagationPolicies.some(
    ({ kind, namespace, name, spec }) =>
      kind === claim?.kind &&
      namespace === claim.namespace &&
      name === claim.name &&
      spec.preserveResourcesOnDeletion === true,
  );
}
