import type { PlacementSpec } from '../../karmada/policy-spec';
import { behaviourOf, type KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { stringMapOf, textOf } from '../../kubernetes/plain-data';
import type { BindingToSchedule } from '../schedule/types';
import type { BindingLookup } from './current-bindings';

/** Where the other workloads of a template's groups run; `open` while not all of them are scheduled. */
export type WorkloadPeers =
  | { readonly kind: 'known'; readonly bindings?: Pick<BindingToSchedule, 'affinityPeers' | 'antiAffinityPeers'> }
  | { readonly kind: 'open'; readonly why: string };

const none: WorkloadPeers = { kind: 'known' };

/**
 * Workloads with an affinity or anti-affinity to each other: those of one namespace with the same value of the label
 * that the placement groups by. Needs the feature gate WorkloadAffinity (since v1.17).
 *
 * @see Karmada v1.18.2 pkg/scheduler/framework/plugins/workloadaffinity
 */
export class WorkloadGroups {
  constructor(
    readonly templates: readonly Manifest[],
    readonly bindings: BindingLookup,
    readonly karmada: KarmadaVersion,
    readonly enabled: boolean,
  ) {}

  /** Where the peers of a template run. */
  peersOf(template: KubernetesObject, { workloadAffinity }: PlacementSpec): WorkloadPeers {
    if (!this.enabled || !workloadAffinity || !behaviourOf(this.karmada).workloadAffinity) return none;
    const together = this.#membersOf(template, textOf(workloadAffinity.affinity?.groupByLabelKey));
    const apart = this.#membersOf(template, textOf(workloadAffinity.antiAffinity?.groupByLabelKey));
    const waiting = [...together, ...apart].some((member) => !this.bindings.of(member));
    if (waiting) {
      return { kind: 'open', why: 'workloads of its affinity group are not scheduled yet, and their order decides' };
    }
    const clustersOf = (members: readonly KubernetesObject[]) =>
      members
        .map((member) => (this.bindings.of(member)?.clusters ?? []).map(({ name }) => name))
        .filter((clusters) => clusters.length > 0);
    return {
      kind: 'known',
      bindings: { affinityPeers: clustersOf(together), antiAffinityPeers: clustersOf(apart) },
    };
  }

  #membersOf(template: KubernetesObject, labelKey: string): readonly KubernetesObject[] {
    const value = stringMapOf(template.metadata?.labels)?.[labelKey];
    if (!value) return [];
    const namespace = textOf(template.metadata?.namespace);
    return this.templates
      .map(({ object }) => object)
      .filter(
        (object) =>
          textOf(object.metadata?.namespace) === namespace &&
          stringMapOf(object.metadata?.labels)?.[labelKey] === value &&
          !(object.kind === template.kind && object.metadata?.name === template.metadata?.name),
      );
  }
}
