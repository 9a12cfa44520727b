const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Ingress: 'networking.k8s.io/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  ServiceExport: 'multicluster.x-k8s.io/v1alpha1',
  ServiceImport: 'multicluster.x-k8s.io/v1alpha1',
  StreamTask: 'streams.example.org/v1',
};

/** Details of a workload, as flow-style YAML. */
export interface WorkloadDetails {
  readonly kind?: string;
  readonly namespace?: string;
  readonly replicas?: number;
  /** Further labels of the object, such as `, tier: edge`. */
  readonly labels?: string;
  /** Further labels of its pods. */
  readonly podLabels?: string;
  /** Further fields of the container, such as `, args: [--verbose]`. */
  readonly container?: string;
  /** Further fields of the pod spec, such as `, volumes: [...]`. */
  readonly pod?: string;
  /** A further field of `spec`. */
  readonly spec?: string;
}

/** A workload with one container, named like itself. */
export function workload(name: string, details: WorkloadDetails = {}): string {
  const { kind = 'Deployment', namespace = 'default', replicas = 4, labels = '', spec = '' } = details;
  const pods = `{ metadata: { labels: { app: ${name}${details.podLabels ?? ''} } }, spec: { containers: [{ name: ${name}, image: 'example.com/${name}:1.0'${details.container ?? ''} }]${details.pod ?? ''} } }`;
  const template =
    kind === 'CronJob' ? `schedule: '0 3 * * *'\n  jobTemplate: { spec: { template: ${pods} } }` : `template: ${pods}`;
  const selected = kind === 'CronJob' || kind === 'Job' ? '' : `  selector: { matchLabels: { app: ${name} } }\n`;
  const scaled = ['CronJob', 'Job', 'DaemonSet'].includes(kind) ? '' : `  replicas: ${replicas}\n`;
  return `---
apiVersion: ${apiVersions[kind] ?? 'v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name}${labels} } }
spec:
${scaled}${selected}  ${template}
${spec === '' ? '' : `  ${spec}\n`}`;
}

/** A Service for the pods of a workload of the same name. */
export function service(name: string, { namespace = 'default', selector = `app: ${name}` } = {}): string {
  return object(
    'v1',
    'Service',
    name,
    `spec: { selector: { ${selector} }, ports: [{ port: 80, targetPort: 8080 }] }`,
    namespace,
  );
}

/** Any object, with the fields below `metadata` as YAML; the empty namespace makes it cluster-scoped. */
export function object(apiVersion: string, kind: string, name: string, fields = '', namespace = 'default'): string {
  const place = namespace === '' ? '' : `, namespace: ${namespace}`;
  return `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}${place} }
${fields === '' ? '' : `${fields}\n`}`;
}

/** Fields of a policy in addition to its selectors. */
export interface SendingDetails {
  /** @default - the name of the first object */
  readonly name?: string;
  /** The empty namespace makes it a cluster policy. @default 'default' */
  readonly namespace?: string;
  /** Divides replicas in equal parts. @default false, everything everywhere */
  readonly divided?: boolean;
  /** Further fields of `spec`. */
  readonly spec?: string;
}

/** A policy that sends objects to clusters; what can be written for an object is said at {@link selector}. */
export function sending(objects: readonly string[], clusters: readonly string[], details: SendingDetails = {}): string {
  const { name = nameIn(objects[0]), namespace = 'default', divided = false, spec = '' } = details;
  const type = divided
    ? 'replicaSchedulingType: Divided, replicaDivisionPreference: Weighted'
    : 'replicaSchedulingType: Duplicated';
  const kind = namespace === '' ? 'ClusterPropagationPolicy' : 'PropagationPolicy';
  return object(
    'policy.karmada.io/v1alpha1',
    kind,
    name,
    `spec:
  resourceSelectors:
${objects.map((each) => `    - ${selector(each)}`).join('\n')}
  placement:
    clusterAffinity: { clusterNames: [${clusters.join(', ')}] }
    replicaScheduling: { ${type} }${spec === '' ? '' : `\n  ${spec}`}`,
    namespace,
  );
}

/** An override policy with one rule: its overriders, and the clusters that it is for. */
export function overriding(
  name: string,
  objects: readonly string[],
  overriders: string,
  { clusters = [], namespace = 'default' }: { clusters?: readonly string[]; namespace?: string } = {},
): string {
  const kind = namespace === '' ? 'ClusterOverridePolicy' : 'OverridePolicy';
  const selectors = objects.map((each) => `    - ${selector(each)}`).join('\n');
  const target = clusters.length === 0 ? '' : `targetCluster: { clusterNames: [${clusters.join(', ')}] }\n      `;
  return object(
    'policy.karmada.io/v1alpha1',
    kind,
    name,
    `spec:
${objects.length === 0 ? '' : `  resourceSelectors:\n${selectors}\n`}  overrideRules:
    - ${target}overriders:
        ${overriders}`,
    namespace,
  );
}

/** `Deployment web`, `Deployment shop/web` of another namespace, `Deployment app=web` by a label, or `Deployment` for all. */
function selector(reference: string): string {
  const [kind = '', which = ''] = reference.split(' ');
  const apiVersion = apiVersions[kind] ?? 'v1';
  const [namespace, name] = which.includes('/') ? which.split('/') : [undefined, which];
  const place = namespace === undefined ? '' : `, namespace: ${namespace}`;
  if (which === '') return `{ apiVersion: ${apiVersion}, kind: ${kind} }`;
  if (which.includes('=')) {
    return `{ apiVersion: ${apiVersion}, kind: ${kind}, labelSelector: { matchLabels: { ${which.replace('=', ': ')} } } }`;
  }
  return `{ apiVersion: ${apiVersion}, kind: ${kind}${place}, name: ${name} }`;
}

function nameIn(reference = ''): string {
  return reference.replace(/^.*[ /=]/, '');
}
