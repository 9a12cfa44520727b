/** Short YAML of objects for rule tests; all in namespace `default`. */

export interface DeploymentText {
  readonly replicas?: number;
  /** Fields of the container in addition to name and image, as flow YAML. */
  readonly container?: string;
  readonly annotations?: string;
  /** Value of the label `app`. @default - the name */
  readonly app?: string;
}

/** A Deployment whose pods are labelled `app: NAME`. */
export function deployment(
  name: string,
  { replicas = 1, container, annotations, app = name }: DeploymentText = {},
): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: default, labels: { app: ${app} }, annotations: ${annotations ?? '{}'} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: ${name}, image: example.com/${name}:1.0${container ? `, ${container}` : ''} }] }
`;
}

/** A Service of port 80 that selects `app: NAME`. */
export function service(name: string, app = name, metadata = ''): string {
  return `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: default${metadata} }
spec: { selector: { app: ${app} }, ports: [{ port: 80, targetPort: 8080, protocol: TCP }] }
`;
}

/** A ConfigMap with one key. */
export function configMap(name: string, key: string, value: string): string {
  return `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: default }
data: { ${key}: ${JSON.stringify(value)} }
`;
}

export interface PolicyText {
  /** `Kind/name`, with kinds of apps/v1 and v1. */
  readonly selects: readonly string[];
  /** Cluster names; each gets the full number. */
  readonly clusters?: readonly string[];
  /** Static weights; the replicas are divided. */
  readonly weights?: Readonly<Record<string, number>>;
  /** The whole of `replicaScheduling`, as flow YAML. @default - as clusters or weights say */
  readonly replicaScheduling?: string;
  readonly propagateDeps?: boolean;
}

/** A PropagationPolicy. */
export function policy(
  name: string,
  { selects, clusters, weights, replicaScheduling, propagateDeps }: PolicyText,
): string {
  const selectors = selects.map((selected) => {
    const [kind = '', object = ''] = selected.split('/');
    return `{ apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}, kind: ${kind}, name: ${object} }`;
  });
  const list = Object.entries(weights ?? {}).map(
    ([cluster, weight]) => `{ targetCluster: { clusterNames: [${cluster}] }, weight: ${weight} }`,
  );
  const scheduling = weights
    ? `{ replicaSchedulingType: Divided, replicaDivisionPreference: Weighted, weightPreference: { staticWeightList: [${list.join(', ')}] } }`
    : '{ replicaSchedulingType: Duplicated }';
  return `---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: { name: ${name}, namespace: default }
spec:
  propagateDeps: ${propagateDeps ?? false}
  resourceSelectors: [${selectors.join(', ')}]
  placement:
    clusterAffinity: { clusterNames: [${(clusters ?? Object.keys(weights ?? {})).join(', ')}] }
    replicaScheduling: ${replicaScheduling ?? scheduling}
`;
}
