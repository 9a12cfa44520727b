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

/** The webhooks of Karmada for one kind. They take the object as its Go type holds it, and name a type of their own for that. */
export interface KindWebhooks {
  readonly clusterScoped?: true;
  /** Whether the validating webhook compares an update with the object before it. */
  readonly comparesUpdates?: true;
  /** What the mutating webhook makes of the object; without it, the object is stored as it was written. */
  mutate?(review: Review): KubernetesObject;
  /** What the validating webhook refuses. */
  validate(review: Review): Iterable<FieldProblem>;
}

/**
 * The webhooks for a kind, or undefined where Karmada has none.
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
    // Its webhook adds nothing but a random id; what counts is that the object is written back from Go.
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
