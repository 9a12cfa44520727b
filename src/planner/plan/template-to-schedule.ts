import type { Cluster } from '../../karmada/cluster';
import type { PlacementSpec } from '../../karmada/placement-spec';
import type { KubernetesObject } from '../../kubernetes/object';
import type { StatedReplicas } from '../interpret/kind-interpreter';
import type { TieBreak } from '../outcome';
import type { CurrentBinding } from './current-bindings';

/** A template whose placement is known, on its way to the scheduler. */
export interface TemplateToSchedule {
  readonly key: string;
  readonly template: KubernetesObject;
  readonly placement: PlacementSpec;
  readonly replicas: StatedReplicas;
  readonly current: CurrentBinding | undefined;
  /** Who wins ties, where the UID is known. */
  readonly tie: TieBreak | undefined;
  readonly available: ((cluster: string) => number | undefined) | undefined;
  readonly serves: (cluster: Cluster) => boolean;
  readonly affinityPeers?: readonly (readonly string[])[];
  readonly antiAffinityPeers?: readonly (readonly string[])[];
}
