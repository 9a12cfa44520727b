import type { KubernetesObject } from '../kubernetes/object';
import type { FieldProblem } from '../problem/problem';
import { mutateFederatedHpa } from './mutate/federated-hpa';
import { mutateOverride } from './mutate/override';
import { mutatePropagation } from './mutate/propagation';
import type { Review } from './review';
import { clusterTaintPolicyCauses } from './validate/cluster-taint-policy';
import { cronFederatedHpaCauses } from './validate/cron-federated-hpa';
import { federatedHpaCauses } from './validate/federated-hpa';
import { federatedResourceQuotaCauses } from './validate/federated-resource-quota';
import { multiClusterIngressCauses } from './validate/multi-cluster-ingress';
import { multiClusterServiceCauses } from './validate/multi-cluster-service';
import { overrideCauses } from './validate/override';
import { propagationCauses } from './validate/propagation';
import { resourceInterpreterCustomizationCauses } from './validate/resource-interpreter-customization';
import { resourceInterpreterWebhookCauses } from './validate/resource-interpreter-webhook';

/** Karmada's webhooks for a kind. Each declares the type of the decoded object. */
export interface KindWebhooks {
  readonly clusterScoped?: true;
  /** Whether the validating webhook compares an update with the old object. */
  readonly comparesUpdates?: true;
  /** The mutating webhook. Without one, the object is stored as written. */
  mutate?(review: Review): KubernetesObject;
  /** The validating webhook. */
  validate(review: Review): Iterable<FieldProblem>;
}

/**
 * The webhooks for a kind; undefined if Karmada has none.
 *
 * @see Karmada v1.18.2 artifacts/deploy/webhook-configuration.yaml
 */
export function webhooksOf({
  apiVersion,
  kind,
}: Pick<KubernetesObject, 'apiVersion' | 'kind'>): KindWebhooks | undefined {
  const kinds = Object.hasOwn(webhooks, apiVersion) ? webhooks[apiVersion]! : {};
  return Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
}

const webhooks: Readonly<Record<string, Readonly<Record<string, KindWebhooks>>>> = {
  'policy.karmada.io/v1alpha1': {
    PropagationPolicy: {
      comparesUpdates: true,
      mutate: mutatePropagation,
      validate: propagationCauses,
    },
    ClusterPropagationPolicy: {
      clusterScoped: true,
      comparesUpdates: true,
      mutate: mutatePropagation,
      validate: propagationCauses,
    },
    OverridePolicy: { mutate: mutateOverride, validate: overrideCauses },
    ClusterOverridePolicy: { clusterScoped: true, validate: overrideCauses },
    FederatedResourceQuota: { validate: federatedResourceQuotaCauses },
    ClusterTaintPolicy: { clusterScoped: true, validate: clusterTaintPolicyCauses },
  },
  'autoscaling.karmada.io/v1alpha1': {
    FederatedHPA: { mutate: mutateFederatedHpa, validate: federatedHpaCauses },
    CronFederatedHPA: { validate: cronFederatedHpaCauses },
  },
  'networking.karmada.io/v1alpha1': {
    // Its webhook only adds a random id, but it also encodes the object again.
    MultiClusterService: {
      comparesUpdates: true,
      mutate: ({ object }) => object,
      validate: multiClusterServiceCauses,
    },
    MultiClusterIngress: {
      comparesUpdates: true,
      validate: multiClusterIngressCauses,
    },
  },
  'config.karmada.io/v1alpha1': {
    ResourceInterpreterCustomization: {
      clusterScoped: true,
      validate: resourceInterpreterCustomizationCauses,
    },
    ResourceInterpreterWebhookConfiguration: {
      clusterScoped: true,
      validate: resourceInterpreterWebhookCauses,
    },
  },
};
