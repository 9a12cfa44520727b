import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import type { Call } from '../lint';
import type { ContractSpec } from '../model/contract-spec';
import type { Capacities, FeatureGates } from '../planner';
import type { Finding } from '../problem/finding';

/** An object of the page, with the place that it comes from. */
export interface ViewManifest {
  readonly object: KubernetesObject;
  /** `dist/web.k8s.yaml:12`. @default - unknown */
  readonly place?: string;
}

/** Manifests and what the API server refuses of them. */
export interface ViewState {
  readonly manifests: readonly ViewManifest[];
  /** Why the API server refuses an object, by its reference and the release of Karmada. */
  readonly refusals: Readonly<Record<string, { readonly [Release in KarmadaVersion]?: string }>>;
}

/** Everything that the page knows. It computes plans from it; values of Secrets are not in it. */
export interface ViewData extends ViewState {
  readonly version: 1;
  readonly title: string;
  readonly karmada: KarmadaVersion;
  readonly fleet: readonly Cluster[];
  readonly featureGates?: FeatureGates;
  readonly capacities?: Capacities;
  readonly schedulerEstimators?: boolean;
  readonly capacityTime?: string;
  readonly bindings?: readonly KubernetesObject[];
  readonly clusterTaintPolicies?: readonly KubernetesObject[];
  readonly deployed?: readonly KubernetesObject[];
  readonly defaultNamespace?: string;
  readonly calls: readonly Call[];
  readonly contracts: readonly ContractSpec[];
  /** Findings of the linter, computed with the data. */
  readonly findings: readonly Finding[];
  /** The manifests to compare with. @default - the page shows one state */
  readonly before?: ViewState;
  /** Whether a server says when the files change. @default false */
  readonly live?: boolean;
}
