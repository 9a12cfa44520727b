import type { PlacementSpec } from '../../karmada/policy-spec';
import { listItems } from '../../kubernetes/list';
import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, stringMapOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { claimOf } from '../matching/claim';
import type { TieBreak } from '../outcome';
import type { Leftover } from '../plan';
import type { TargetCluster } from '../schedule/types';
import { bindingKey, bindingNameOf, isLater, Rebalancing } from './rebalancing';

/** The state of a deployed template, from its ResourceBinding or ClusterResourceBinding. */
export interface CurrentBinding {
  /** `metadata.name`. */
  readonly name: string;
  /** Empty for a ClusterResourceBinding. */
  readonly namespace: string;
  /** UID of the template; empty if unknown. */
  readonly uid: string;
  readonly kind: string;
  readonly resourceName: string;
  readonly clusters: readonly TargetCluster[];
  /** Labels and annotations, which may contain the claim of a policy. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The `affinityName` that was scheduled last; empty if there is none. */
  readonly observedAffinityName: string;
  readonly evictedFrom: readonly string[];
  /** Whether `spec.suspension.scheduling` keeps the scheduler away. @default false */
  readonly schedulingSuspended?: boolean;
  /** Whether a WorkloadRebalancer requested rescheduling after the last one. */
  readonly rescheduleRequested: boolean;
  /** Names of the bindings that require this one. */
  readonly requiredBy: readonly string[];
  /** The placement that was applied last, if it is known as an object. @default - the annotation has it */
  readonly applied?: PlacementSpec;
  /** How ties went, if the UID is unknown and the targets follow from it. */
  readonly tie?: TieBreak;
  /** The result that the targets come from. Bindings with the same one, in the same plan, have the same targets. */
  readonly result?: object;
  /** Whether a policy placed it. A binding made for a dependency has no placement of its own. */
  readonly attachedOnly: boolean;
  /** Whether the copies in members stay when the template is deleted. @default - not stated */
  readonly preservesOnDeletion: boolean | undefined;
}

/** Finds the bindings of templates. */
export interface BindingLookup {
  /** The binding of a template. */
  of(template: KubernetesObject): CurrentBinding | undefined;
  /** Whether the binding of a template has dependencies. */
  isReferrer(template: KubernetesObject): boolean;
}

/** The bindings of a running control plane, by template. */
export class CurrentBindings implements BindingLookup {
  readonly #bindings = new Map<string, CurrentBinding>();
  readonly #referrers = new Set<string>();

  /**
   * @param source - bindings, or `List` objects of them; other objects are ignored
   * @param rebalancing - what the WorkloadRebalancers among the manifests request
   */
  constructor(
    source: readonly KubernetesObject[] | KubernetesObject | undefined,
    rebalancing: Rebalancing = Rebalancing.none,
  ) {
    for (const object of bindingsIn(source)) {
      const binding = readBinding(object, rebalancing);
      this.#bindings.set(bindingKey(binding.namespace, binding.name), binding);
      for (const name of binding.requiredBy) this.#referrers.add(bindingKey(binding.namespace, name));
    }
  }

  /** All bindings, in the order given. */
  get all(): readonly CurrentBinding[] {
    return [...this.#bindings.values()];
  }

  of(template: KubernetesObject): CurrentBinding | undefined {
    if (this.#bindings.size === 0) return undefined;
    return this.#bindings.get(bindingKey(textOf(template.metadata?.namespace), bindingName(template)));
  }

  isReferrer(template: KubernetesObject): boolean {
    return this.#referrers.has(bindingKey(textOf(template.metadata?.namespace), bindingName(template)));
  }
}

/** Name of the binding of a template. */
export function bindingName(template: KubernetesObject): string {
  return bindingNameOf(template.kind, textOf(template.metadata?.name));
}

function* bindingsIn(source: readonly KubernetesObject[] | KubernetesObject | undefined): Iterable<KubernetesObject> {
  if (Array.isArray(source)) {
    for (const object of source) yield* bindingsIn(object);
    return;
  }
  const object = source as KubernetesObject | undefined;
  if (!recordOf(object)) return;
  const items = listItems(object);
  if (items) yield* bindingsIn(items as readonly KubernetesObject[]);
  else if (object?.kind === 'ResourceBinding' || object?.kind === 'ClusterResourceBinding') {
    if (apiGroup(textOf(object.apiVersion)) === 'work.karmada.io') yield object;
  }
}

function readBinding(object: KubernetesObject, rebalancing: Rebalancing): CurrentBinding {
  const { spec, metadata } = object;
  const clusters = targetsIn(fieldAt(spec, 'clusters'));
  const key = bindingKey(textOf(metadata?.namespace), textOf(metadata?.name));
  const last = textOf(fieldAt(object['status'], 'lastScheduledTime'));
  const preserves = fieldAt(spec, 'preserveResourcesOnDeletion');
  return {
    name: textOf(metadata?.name),
    namespace: textOf(metadata?.namespace),
    uid: textOf(fieldAt(spec, 'resource', 'uid')),
    kind: textOf(fieldAt(spec, 'resource', 'kind')),
    resourceName: textOf(fieldAt(spec, 'resource', 'name')),
    clusters,
    labels: stringMapOf(metadata?.labels) ?? {},
    annotations: stringMapOf(metadata?.annotations) ?? {},
    observedAffinityName: textOf(fieldAt(object['status'], 'schedulerObservingAffinityName')),
    evictedFrom: listOf(fieldAt(spec, 'gracefulEvictionTasks')).map((task) => textOf(fieldAt(task, 'fromCluster'))),
    schedulingSuspended: fieldAt(spec, 'suspension', 'scheduling') === true,
    rescheduleRequested:
      (last !== '' && isLater(textOf(fieldAt(spec, 'rescheduleTriggeredAt')), last)) ||
      // Without a last scheduling there is nothing to repeat. Targets show that there was one.
      ((last !== '' || clusters.length > 0) && isLater(rebalancing.timeOf(key), last)),
    requiredBy: listOf(fieldAt(spec, 'requiredBy')).map((referrer) => textOf(fieldAt(referrer, 'name'))),
    preservesOnDeletion: preserves === true || preserves === false ? preserves : undefined,
    attachedOnly: !recordOf(fieldAt(spec, 'placement')) && listOf(fieldAt(spec, 'requiredBy')).length > 0,
  };
}

function targetsIn(clusters: unknown): readonly TargetCluster[] {
  return listOf(clusters).map((target) => {
    const replicas = fieldAt(target, 'replicas');
    return { name: textOf(fieldAt(target, 'name')), replicas: typeof replicas === 'number' ? replicas : 0 };
  });
}

/**
 * Current bindings whose template is not among the manifests. When the template is deleted, its copies are removed from
 * the members unless the policy preserves them.
 */
export function leftoversOf(
  bindings: CurrentBindings,
  templates: readonly Manifest[],
  state: ControlPlaneState,
): readonly Leftover[] {
  const current = bindings.all;
  if (current.length === 0) return [];
  const known = new Set(templates.map(({ object }) => `${textOf(object.metadata?.namespace)}/${bindingName(object)}`));
  return current
    .filter(({ namespace, name }) => !known.has(`${namespace}/${name}`))
    .map((binding) => ({
      binding: [binding.kind, binding.namespace, binding.resourceName].filter((part) => part !== '').join('/'),
      clusters: binding.clusters.map(({ name }) => name),
      preserved: binding.preservesOnDeletion ?? preservedBy(binding, state),
    }));
}

function preservedBy({ labels, annotations }: CurrentBinding, state: ControlPlaneState): boolean {
  const claim = claimOf({ apiVersion: '', kind: '', metadata: { labels, annotations } });
  return state.propagationPolicies.some(
    ({ kind, namespace, name, spec }) =>
      kind === claim?.kind &&
      namespace === claim.namespace &&
      name === claim.name &&
      spec.preserveResourcesOnDeletion === true,
  );
}
