import { performance } from 'node:perf_hooks';
import type { Cluster } from '../src/karmada/cluster';
import type { KubernetesObject } from '../src/kubernetes/object';
import { lint } from '../src/lint';
import { planOf } from '../src/planner';

const objectCount = 10_000;
const clusterCount = 100;
/** Limit for the time of all rules, relative to the planner. */
const mostRatio = 1.5;
const rounds = 3;
const refusalLayers = 'valid-schema and valid-admission';

const millisecond = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`.padStart(9);

const fleet = Array.from(
  { length: clusterCount },
  (_, index): Cluster => ({
    name: `member${index + 1}`,
    region: `region${index % 5}`,
    labels: { env: index % 3 === 0 ? 'test' : 'prod' },
  }),
);

function measure(title: string, objects: readonly KubernetesObject[]): void {
  const times = new Map<string, number>();
  let planner = Number.POSITIVE_INFINITY;
  let findings = 0;
  // The first round is warm-up; the fastest of the others is used, separately for each part.
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    const plan = planOf(objects, { fleet });
    if (plan.templates.filter(({ outcome }) => outcome.kind === 'certain' || outcome.kind === 'either').length === 0) {
      throw new Error('nothing is placed');
    }
    if (round > 0) planner = Math.min(planner, performance.now() - start);
    const report = lint(objects, {
      fleet,
      plan,
      onRule: (rule, time) => {
        if (round > 0) times.set(rule, Math.min(times.get(rule) ?? Number.POSITIVE_INFINITY, time));
      },
    });
    findings = report.findings.length;
  }
  // Schema and admission are separate layers before the rules.
  const refusals = times.get(refusalLayers) ?? 0;
  times.delete(refusalLayers);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const ratio = total / planner;
  console.log(`lint: ${objects.length.toLocaleString('en')} objects, ${fleet.length} clusters: ${title}`);
  for (const [rule, time] of [...times].sort(([, a], [, b]) => b - a)) console.log(`${millisecond(time)}  ${rule}`);
  console.log(`${millisecond(total)}  all rules, ${findings} findings`);
  console.log(`${millisecond(planner)}  the planner`);
  console.log(`${millisecond(refusals)}  ${refusalLayers}`);
  console.log(
    `  rules: ${ratio.toFixed(2)} times the planner${ratio > mostRatio ? `, which is more than ${mostRatio}` : ''}\n`,
  );
  if (ratio > mostRatio) process.exitCode = 1;
}

function apps(): readonly KubernetesObject[] {
  const names = fleet.map(({ name }) => name);
  const objects: KubernetesObject[] = [namespace()];
  for (let index = 0; objects.length < objectCount; index++) {
    const name = `app-${index}`;
    const next = `app-${index + 1}`;
    const container = {
      name,
      image: `registry.example.com/${name}:1.0`,
      env: [{ name: 'NEXT_URL', value: `http://${next}.default:80` }],
      envFrom: [{ configMapRef: { name } }],
      resources: { requests: { cpu: '100m', memory: '64Mi' } },
    };
    objects.push(
      deployment(name, 200, container),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'default' },
        spec: { selector: { app: name }, ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'default' },
        data: { peers: `${next}:80\n` },
      },
      policy(name, ['apps/v1 Deployment', 'v1 Service', 'v1 ConfigMap'], {
        clusterAffinity:
          index % 2 === 0 ? { clusterNames: names } : { labelSelector: { matchLabels: { env: 'prod' } } },
        replicaScheduling: { replicaSchedulingType: index % 3 === 0 ? 'Duplicated' : 'Divided' },
      }),
    );
    if (index % 5 === 0) objects.push(override(name));
  }
  return objects;
}

function weightedDeployments(): readonly KubernetesObject[] {
  const names = fleet.map(({ name }) => name);
  const objects: KubernetesObject[] = [namespace()];
  for (let index = 0; objects.length < objectCount; index++) {
    const name = `app-${index}`;
    const staticWeightList = names.map((cluster, position) => ({
      targetCluster: { clusterNames: [cluster] },
      weight: 1 + ((position * 7 + index) % 10),
    }));
    objects.push(
      // One in ten has fewer replicas than clusters.
      deployment(name, (index % 10 === 0 ? 1 : 1_000) + (index % 200), { name, image: 'nginx' }),
      policy(name, ['apps/v1 Deployment'], {
        clusterAffinity: { clusterNames: names },
        replicaScheduling: {
          replicaSchedulingType: 'Divided',
          replicaDivisionPreference: 'Weighted',
          weightPreference: { staticWeightList },
        },
      }),
    );
  }
  return objects;
}

function namespace(): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
}

function deployment(name: string, replicas: number, container: object): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

function policy(name: string, kinds: readonly string[], placement: object): KubernetesObject {
  const resourceSelectors = kinds.map((each) => {
    const [apiVersion, kind] = each.split(' ');
    return { apiVersion, kind, name };
  });
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace: 'default' },
    spec: { resourceSelectors, placement },
  };
}

function override(name: string): KubernetesObject {
  const overriders = { imageOverrider: [{ component: 'Registry', operator: 'replace', value: 'mirror.example.com' }] };
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name, namespace: 'default' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
      overrideRules: [{ targetCluster: { clusterNames: ['member1', 'member2'] }, overriders }],
    },
  };
}

measure('apps with Services, ConfigMaps and overrides', apps());
measure('Deployments and policies of 100 weights each', weightedDeployments());
