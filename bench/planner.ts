import { performance } from 'node:perf_hooks';
import type { Cluster } from '../src/karmada/cluster';
import type { KubernetesObject } from '../src/kubernetes/object';
import { planOf } from '../src/planner';
import { divideByWeight } from '../src/planner/schedule/webster';

const templateCounts = [100, 1_000, 10_000];
const clusterCounts = [10, 100, 1_000];
const millisecond = (time: number) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;

/** Number of different placements of all policies. */
const teams = 20;

/**
 * Times of planning 100, 1,000 and 10,000 Deployments over 10, 100 and 1,000 clusters. Each is selected by three
 * policies with static weights, one rule per cluster: its own by name, that of its team by label, and a
 * ClusterPropagationPolicy for all. In the first table each team has its own placement; in the second each Deployment
 * has one, so that nothing can be shared.
 */
export function run(): void {
  timePlan(100, 10, teams);
  console.log('planner: templates x clusters, each template matched by 3 policies');
  for (const clusters of clusterCounts) {
    const times = templateCounts.map((templates) => report(templates, clusters, teams, ''));
    console.log(
      `    10,000 : 1,000 templates over ${clusters} clusters: ${((times[2] ?? 0) / (times[1] ?? 1)).toFixed(1)}`,
    );
  }
  report(10_000, 100, 10_000, ', every template with its own weights');
  const ratio = divisionTime(1_000_000) / divisionTime(100);
  console.log(`  dividing 1,000,000 replicas over 100 clusters takes ${ratio.toFixed(1)} times as long as 100`);
}

function report(templates: number, clusters: number, placements: number, note: string): number {
  const { time, heap } = timePlan(templates, clusters, placements);
  const each = (time * 1000) / templates;
  const shown = [millisecond(time), `${each.toFixed(1)} µs a template`, `${heap.toFixed(0)} MB more heap`];
  console.log(`  ${templates.toLocaleString('en')} x ${clusters.toLocaleString('en')}${note}: ${shown.join(', ')}`);
  return time;
}

function timePlan(templates: number, clusters: number, placements: number): { time: number; heap: number } {
  const fleet = Array.from({ length: clusters }, (_, index): Cluster => ({ name: `member${index + 1}` }));
  const objects = federation(templates, fleet, placements);
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const plan = planOf(objects, { fleet });
  const placed = plan.templates.filter(({ outcome }) => outcome.kind === 'certain' || outcome.kind === 'either').length;
  const time = performance.now() - start;
  if (placed !== templates) throw new Error(`${placed} of ${templates} templates are placed`);
  return { time, heap: (process.memoryUsage().heapUsed - before) / 2 ** 20 };
}

/** Deployments with the policies that select them. */
function federation(templates: number, fleet: readonly Cluster[], placements: number): readonly KubernetesObject[] {
  const names = fleet.map(({ name }) => name);
  const placed = Array.from({ length: Math.min(placements, templates) }, (_, seed) => weighted(names, seed));
  const objects: KubernetesObject[] = [policy('ClusterPropagationPolicy', 'for-all', {}, weighted(names, 0))];
  for (let team = 0; team < teams; team++) {
    const labelSelector = { matchLabels: { team: `team-${team}` } };
    objects.push(policy('PropagationPolicy', `team-${team}`, { labelSelector }, weighted(names, team)));
  }
  for (let index = 0; index < templates; index++) {
    const name = `app-${index}`;
    const placement = placed[index % placed.length] as object;
    const team = `team-${index % teams}`;
    objects.push(deployment(name, team, 1 + (index % 200)), policy('PropagationPolicy', name, { name }, placement));
  }
  return objects;
}

function weighted(names: readonly string[], seed: number): object {
  const staticWeightList = names.map((name, index) => ({
    targetCluster: { clusterNames: [name] },
    weight: 1 + ((index * 7 + seed) % 10),
  }));
  return {
    clusterAffinity: { clusterNames: names },
    replicaScheduling: {
      replicaSchedulingType: 'Divided',
      replicaDivisionPreference: 'Weighted',
      weightPreference: { staticWeightList },
    },
  };
}

function deployment(name: string, team: string, replicas: number): KubernetesObject {
  const labels = { app: name, team };
  const container = { name, image: 'nginx', resources: { requests: { cpu: '100m', memory: '64Mi' } } };
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

function policy(kind: string, name: string, selector: object, placement: object): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind,
    metadata: kind === 'PropagationPolicy' ? { name, namespace: 'default' } : { name },
    spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', ...selector }], placement },
  };
}

function divisionTime(replicas: number): number {
  const weights = new Map(Array.from({ length: 100 }, (_, index) => [`member${index + 1}`, 1 + (index % 17)]));
  const rounds = 2000;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) divideByWeight(replicas + round, weights, 'ascending');
  return (performance.now() - start) / rounds;
}
