import type { KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';

/** The input of a webhook. */
export interface Review<Body extends KubernetesObject = KubernetesObject> {
  /** The object decoded into its Go type: without nulls and unknown fields. */
  readonly object: Body;
  /** The decoded object before an update. */
  readonly oldObject?: Body;
  readonly operation: 'CREATE' | 'UPDATE';
  /** Namespace of the request; empty for cluster-scoped kinds. */
  readonly namespace: string;
  /** Known objects in the control plane. */
  readonly others: readonly KubernetesObject[];
  readonly karmada: KarmadaVersion;
  /** Whether Karmada's webhook runs with --allow-no-execute-taint-policy. */
  readonly allowNoExecuteTaints: boolean;
  /** Whether an API server calls the webhook; it rejects updates without a resourceVersion. */
  readonly behindApiServer: boolean;
}
