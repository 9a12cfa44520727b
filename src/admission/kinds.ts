import type { KubernetesObject } from '../kubernetes/object';
import type { FieldProblem } from '../problem/problem';
import { mutateFederatedHpa } from './mutate/federated-hpa';
import { mutateOverride } from './mutate/override';
import { mutatePropagation } from './mutate/propagation';
import type { Review } from './review';
import type { StructShape } from './store/shape';
import { cronFederatedHpa, federatedHpa } from './store/shapes/autoscaling';
import { resourceInterpreterCustomization, resourceInterpreterWebhookConfiguration } from './store/shapes/config';
import { multiClusterIngress, multiClusterService } from './store/shapes/networking';
import { clusterTaintPolicy, federatedResourceQuota, overridePolicy, propagationPolicy } from './store/shapes/policy';
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

/** The webhooks of Karmada for one kind. They take what `shape` decodes to, so each of them names its own type of object. */
export interface KindWebhooks {
  /** Go type that the webhooks read the object into. */
  readonly shape: StructShape;
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
      shape: propagationPolicy,
      comparesUpdates: true,
      mutate: mutatePropagation,
      validate: propagationCauses,
    },
    ClusterPropagationPolicy: {
      shape: propagationPolicy,
      clusterScoped: true,
      comparesUpdates: true,
      mutate: mutatePropagation,
      validate: propagationCauses,
    },
    OverridePolicy: { shape: overridePolicy, mutate: mutateOverride, validate: overrideCauses },
    ClusterOverridePolicy: { shape: overridePolicy, clusterScoped: true, validate: overrideCauses },
    FederatedResourceQuota: { shape: federatedResourceQuota, validate: federatedResourceQuotaCauses },
    ClusterTaintPolicy: { shape: clusterTaintPolicy, clusterScoped: true, validate: clusterTaintPolicyCauses },
  },
  'autoscaling.karmada.io/v1alpha1': {
    FederatedHPA: { shape: federatedHpa, mutate: mutateFederatedHpa, validate: federatedHpaCauses },
    CronFederatedHPA: { shape: cronFederatedHpa, validate: cronFederatedHpaCauses },
  },
  'networking.karmada.io/v1alpha1': {
    // Its webhook adds nothing but a random id; what counts is that the object is written back from Go.
    MultiClusterService: {
      shape: multiClusterService,
      comparesUpdates: true,
      mutate: ({ object }) => object,
      validate: multiClusterServiceCauses,
    },
    MultiClusterIngress: {
      shape: multiClusterIngress,
      comparesUpdates: true,
      validate: multiClusterIngressCauses,
    },
  },
  'config.karmada.io/v1alpha1': {
    ResourceInterpreterCustomization: {
      shape: resourceInterpreterCustomization,
      clusterScoped: true,
      validate: resourceInterpreterCustomizationCauses,
    },
    ResourceInterpreterWebhookConfiguration: {
      shape: resourceInterpreterWebhookConfiguration,
      clusterScoped: true,
      validate: resourceInterpreterWebhookCauses,
    },
  },
};
