import { ApiObject, App, Chart } from 'cdk8s';

/** The objects of src/apps in plain cdk8s, without checks. */
const app = new App({ outdir: process.argv[2] ?? 'dist' });

interface Template {
  readonly replicas: number;
  readonly container: Readonly<Record<string, unknown>>;
  readonly port?: number;
  readonly clusters: Readonly<Record<string, number>>;
}

function federated(name: string, { replicas, container, port, clusters }: Template): void {
  const chart = new Chart(app, name, { namespace: 'default' });
  const labels = { app: name };
  const workload = new ApiObject(chart, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, ...container }] } },
    },
  });
  const sent: ApiObject[] = [workload];
  if (port !== undefined) {
    sent.push(
      new ApiObject(chart, 'Service', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, labels },
        spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels },
      }),
    );
  }
  new ApiObject(chart, 'Propagation', {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: `${name}-propagation` },
    spec: {
      placement: {
        clusterAffinity: { clusterNames: Object.keys(clusters) },
        replicaScheduling: {
          replicaDivisionPreference: 'Weighted',
          replicaSchedulingType: 'Divided',
          weightPreference: {
            staticWeightList: Object.entries(clusters).map(([cluster, weight]) => ({
              targetCluster: { clusterNames: [cluster] },
              weight,
            })),
          },
        },
      },
      resourceSelectors: sent.map(({ apiVersion, kind }) => ({ apiVersion, kind, name })),
    },
  });
}

federated('pipy', {
  replicas: 2,
  port: 8080,
  container: {
    image: 'flomesh/pipy',
    command: ['pipy'],
    args: ['-e', "pipy().listen(8080).serveHTTP(() => new Message(os.env['HOSTNAME'] +'\\n'))"],
  },
  clusters: { 'k3d-cluster-1': 10, 'k3d-cluster-2': 10, 'k3d-cluster-3': 10 },
});
federated('curl', {
  replicas: 1,
  container: { image: 'curlimages/curl', command: ['sleep', '365d'] },
  clusters: { 'k3d-cluster-3': 1 },
});
app.synth();
