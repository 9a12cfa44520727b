import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';

/**
 * Name of the binding of a template. It does not contain the API group.
 *
 * @see Karmada v1.18.2 pkg/util/names/names.go, GenerateBindingName
 */
export function bindingNameOf(kind: string, name: string): string {
  return `${name}-${kind}`.toLowerCase().replaceAll(':', '.');
}

/** Key of a binding: its namespace, empty for a ClusterResourceBinding, and its name. */
export function bindingKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Later than every time that a control plane has recorded. */
const now = '9999-12-31T23:59:59Z';

/**
 * What the WorkloadRebalancers among the manifests request. One without a creation time is new: it is created when the
 * manifests are applied. One that exists marks bindings with the time at which it was created, so it acts only once.
 *
 * @see Karmada v1.18.2 pkg/controllers/workloadrebalancer/workloadrebalancer_controller.go
 */
export class Rebalancing {
  static readonly none = new Rebalancing(new Map());

  /** @param deployed - the objects in the control plane before the manifests are applied, if known */
  static of(state: ControlPlaneState, deployed: ControlPlaneState | undefined): Rebalancing {
    const times = new Map<string, string>();
    const [apiVersion, kind] = ['apps.karmada.io/v1alpha1', 'WorkloadRebalancer'];
    for (const { object } of state.ofKind(apiVersion, kind)) {
      const existing = deployed?.find({ apiVersion, kind, namespace: '', name: textOf(object.metadata?.name) });
      const created = textOf((existing?.object ?? object).metadata?.['creationTimestamp']) || now;
      for (const workload of listOf(fieldAt(object.spec, 'workloads'))) {
        const field = (name: string): string => textOf(fieldAt(workload, name));
        const key = bindingKey(field('namespace'), bindingNameOf(field('kind'), field('name')));
        if (isLater(created, times.get(key) ?? '')) times.set(key, created);
      }
    }
    return times.size === 0 ? Rebalancing.none : new Rebalancing(times);
  }

  private constructor(readonly times: ReadonlyMap<string, string>) {}

  /** When rescheduling of a binding is triggered; empty if it is not. */
  timeOf(binding: string): string {
    return this.times.get(binding) ?? '';
  }
}

/** Whether a time in the format of the API server is later than another; an empty one is the earliest. */
export function isLater(time: string, other: string): boolean {
  if (time === '') return false;
  return other === '' || Date.parse(time) > Date.parse(other);
}
