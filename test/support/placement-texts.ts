/** A Deployment `web` and a PropagationPolicy `web` that places it; both in namespace `default`. */
export function placed(
  placement: string,
  { replicas = 6, spec = '' }: { replicas?: number; spec?: string } = {},
): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default, labels: { app: web } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example.com/web:1.0 }] }
${policyText('web', placement, { spec })}`;
}

/** A propagation policy in namespace `default`, or for the cluster. */
export function policyText(
  name: string,
  placement: string,
  {
    kind = 'PropagationPolicy',
    selects = '{ apiVersion: apps/v1, kind: Deployment, name: web }',
    spec = '',
  }: { kind?: string; selects?: string; spec?: string } = {},
): string {
  const namespace = kind === 'PropagationPolicy' ? ', namespace: default' : '';
  return `---
apiVersion: policy.karmada.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}${namespace} }
spec:
  resourceSelectors: [${selects}]
  placement: ${placement}
${spec === '' ? '' : `  ${spec}\n`}`;
}

/** `replicaScheduling` that divides by free capacity. */
export const byCapacity =
  'replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: Weighted, weightPreference: { dynamicWeight: AvailableReplicas } }';

/** `replicaScheduling` that fills as few clusters as possible. */
export const aggregated =
  'replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated }';

/** `replicaScheduling` with static weights: pairs of affinity and weight. */
export function byWeights(...rules: readonly (readonly [affinity: string, weight: number])[]): string {
  const list = rules.map(([affinity, weight]) => `{ targetCluster: ${affinity}, weight: ${weight} }`).join(', ');
  return `replicaScheduling: { replicaSchedulingType: Divided, replicaDivisionPreference: Weighted, weightPreference: { staticWeightList: [${list}] } }`;
}

/** `replicaScheduling` that duplicates. */
export const duplicated = 'replicaScheduling: { replicaSchedulingType: Duplicated }';

/** `clusterAffinity` of named clusters. */
export function named(...clusters: readonly string[]): string {
  return `clusterAffinity: { clusterNames: [${clusters.join(', ')}] }`;
}
