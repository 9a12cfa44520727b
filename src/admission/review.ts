import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';

/** What a webhook decides on. */
export interface Review<Body extends KubernetesObject = KubernetesObject> {
  /** The object, read into its Go type: nulls and fields that the type does not have are gone. */
  readonly object: Body;
  /** The object as it stands before an update, read likewise. */
  readonly oldObject?: Body;
  readonly operation: 'CREATE' | 'UPDATE';
  /** Namespace of the request; empty for cluster-scoped kinds. */
  readonly namespace: string;
  /** Objects that are in the control plane already, as far as the caller knows. */
  readonly others: readonly KubernetesObject[];
  readonly karmada: KarmadaVersion;
  /** Whether Karmada's webhook runs with --allow-no-execute-taint-policy. */
  readonly allowNoExecuteTaints: boolean;
  /** Whether an API server stands before the webhook, which lets no update pass without a resourceVersion. */
  readonly behindApiServer: boolean;
}
