import type { KubernetesObject } from '../../kubernetes/object';
import { stringMapOf } from '../../kubernetes/plain-data';

/** The policy that claims a template, according to the template's own metadata. */
export interface Claim {
  readonly kind: 'PropagationPolicy' | 'ClusterPropagationPolicy';
  /** Empty for a ClusterPropagationPolicy. */
  readonly namespace: string;
  readonly name: string;
}

const propagation = 'propagationpolicy.karmada.io';
const clusterPropagation = 'clusterpropagationpolicy.karmada.io';

/**
 * The claim that Karmada wrote into the labels and annotations of a template: a label with the id of the policy and
 * annotations with its name. A claim by a PropagationPolicy takes precedence over one by a ClusterPropagationPolicy.
 *
 * @returns undefined if there is none or it is incomplete
 * @see Karmada v1.18.2 pkg/detector/policy.go, propagateResource
 */
export function claimOf(template: KubernetesObject): Claim | undefined {
  const labels = stringMapOf(template.metadata?.labels);
  const annotations = stringMapOf(template.metadata?.annotations);
  if (!labels || !annotations) return undefined;
  const [namespace, name] = [annotations[`${propagation}/namespace`], annotations[`${propagation}/name`]];
  if (namespace && name && labels[`${propagation}/permanent-id`]) return { kind: 'PropagationPolicy', namespace, name };
  const clusterName = annotations[`${clusterPropagation}/name`];
  if (clusterName && labels[`${clusterPropagation}/permanent-id`]) {
    return { kind: 'ClusterPropagationPolicy', namespace: '', name: clusterName };
  }
  return undefined;
}

/**
 * The template with the claim of its binding, unless it has one itself.
 *
 * @param labels - of the binding
 * @param annotations - of the binding
 */
export function withClaimOf(template: KubernetesObject, labels: Marks, annotations: Marks): KubernetesObject {
  if (claimOf(template)) return template;
  const { metadata } = template;
  return {
    ...template,
    metadata: {
      ...metadata,
      labels: { ...metadata?.labels, ...claimsIn(labels) },
      annotations: { ...metadata?.annotations, ...claimsIn(annotations) },
    },
  };
}

type Marks = Readonly<Record<string, string>>;

function claimsIn(marks: Marks): Record<string, string> {
  return Object.fromEntries(
    Object.entries(marks).filter(([key]) => /^(cluster)?propagationpolicy\.karmada\.io\//.test(key)),
  );
}
