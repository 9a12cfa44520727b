import type { Cluster } from '../../karmada/cluster';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import type { Contract } from '../../model/contract';
import type { Plan } from '../../planner';
import type { ContractInput } from '../../planner/contract/contract-run';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** One workload that sends requests to another. */
export interface Call {
  /** Key of the calling workload, such as `Deployment/default/curl`. */
  readonly client: string;
  /** Key of the Service that is called, or of the workload behind it. */
  readonly server: string;
}

/** The input of one run; every analysis is a function of parts of it. */
export interface LintInput {
  /** Every object as given, with lists unfolded and duplicates kept. */
  readonly manifests: readonly Manifest[];
  /** Templates and policies as the control plane would hold them, indexed. */
  readonly controlPlane: ControlPlaneState;
  readonly karmada: KarmadaVersion;
  /** Feature gates that are on, by name: those of the release and those declared. */
  readonly featureGates: ReadonlySet<string>;
  /** Declared calls between apps. */
  readonly calls: readonly Call[];
  /** The member clusters; undefined where they are unknown, and then no cluster name is wrong. */
  readonly fleet: readonly Cluster[] | undefined;
  /** The plan over the fleet; undefined without one. */
  readonly plan: Plan | undefined;
  /** What must hold of placements. */
  readonly contracts: readonly Contract[];
  /** Answers about losses; undefined without a fleet. */
  readonly losses: ContractInput['losses'] | undefined;
}
