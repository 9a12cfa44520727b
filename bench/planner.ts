import { performance } from 'node:perf_hooks';
import type { Cluster } from '../src/karmada/cluster';
import type { KubernetesObject } from '../src/kubernetes/object';
import { Contract } from '../src/model/contract';
import { Losses, planOf } from '../src/planner';
import { checkContracts } from '../src/planner/contract/check-contracts';
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
  timeEnd(100, 10);
  console.log('planner: templates x clusters, each template matched by 3 policies');
  for (const clusters of clusterCounts) {
    const times = templateCounts.map((templates) => report(templates, clusters, teams, ''));
    console.log(
      `    10,000 : 1,000 templates over ${clusters} clusters: ${((times[2] ?? 0) / (times[1] ?? 1)).toFixed(1)}`,
    );
  }
  report(10_000, 100, 10_000, ', every template with its own weights');
  reportEnd(10_000, 100);
  reportEnd(10_000, 1_000);
  for (const mode of ['lost', 'evicted'] as const) {
    const quarter = lossTime(1_000, 25, mode);
    const all = lossTime(1_000, 100, mode);
    console.log(
      `  a contract of 1,000 templates for all single losses (${mode}) of 100 clusters: ${millisecond(all)}, ${(all / quarter).toFixed(1)} times as long as of 25`,
    );
  }
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

/**
 * Plans to the end: half of the teams divide by the capacity that the clusters report, and each team has an override
 * policy with rules for a third of the clusters, one of which changes replicas.
 */
function timeEnd(templates: number, clusters: number): { time: number; heap: number } {
  const fleet = Array.from(
    { length: clusters },
    (_, index): Cluster => ({
      name: `member${index + 1}`,
      labels: { third: String(index % 3) },
      resourceSummary: {
        allocatable: { cpu: `${100 + index}`, memory: '512Gi', pods: '2000' },
        allocated: { cpu: '10', pods: '90' },
      },
    }),
  );
  const shared = new Map<object, object>();
  const objects = [...federation(templates, fleet, teams), ...overrides()].map((object) => byCapacity(object, shared));
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const plan = planOf(objects, { fleet });
  let running = 0;
  for (const { final } of plan.templates) for (const { max } of final.values()) running += max;
  const time = performance.now() - start;
  const heap = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const decided = plan.templates.every(({ outcome }) => outcome.kind === 'certain' || outcome.kind === 'either');
  if (!decided || running === 0) throw new Error('the capacity of the clusters has to decide every template');
  return { time, heap };
}

function reportEnd(templates: number, clusters: number): void {
  const { time, heap } = timeEnd(templates, clusters);
  console.log(
    `  ${templates.toLocaleString('en')} x ${clusters.toLocaleString('en')}, with capacities and overrides, to the end: ${millisecond(time)}, ${heap.toFixed(0)} MB more heap`,
  );
}

/** Every second team divides by free capacity. Teams keep sharing their placement. */
function byCapacity(object: KubernetesObject, shared: Map<object, object>): KubernetesObject {
  const index = Number(/^app-(\d+)$/.exec(object.metadata?.name ?? '')?.[1] ?? 1);
  if (object.kind !== 'PropagationPolicy' || index % 2 === 1) return object;
  const { placement, ...spec } = object.spec as { placement: object };
  const replicaScheduling = {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Weighted',
    weightPreference: { dynamicWeight: 'AvailableReplicas' },
  };
  const divided = shared.get(placement) ?? { ...placement, replicaScheduling };
  shared.set(placement, divided);
  return { ...object, spec: { ...spec, placement: divided } };
}

function overrides(): readonly KubernetesObject[] {
  return Array.from({ length: teams }, (_, team) => ({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name: `team-${team}`, namespace: 'default' },
    spec: {
      resourceSelectors: [
        { apiVersion: 'apps/v1', kind: 'Deployment', labelSelector: { matchLabels: { team: `team-${team}` } } },
      ],
      overrideRules: [
        {
          targetCluster: { labelSelector: { matchLabels: { third: '1' } } },
          overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
        },
        {
          targetCluster: { clusterNames: ['member3'] },
          overriders: { plaintext: [{ path: '/spec/replicas', operator: 'replace', value: 1 }] },
        },
      ],
    },
  }));
}

/** Checks what is left after each single loss, for templates that are in 5 clusters each. */
function lossTime(templates: number, losses: number, mode: 'lost' | 'evicted'): number {
  const fleet = Array.from({ length: 100 }, (_, index): Cluster => ({ name: `member${index + 1}` }));
  const objects = Array.from({ length: templates }, (_, index) => {
    const names = Array.from({ length: 5 }, (_, at) => `member${1 + ((index * 7 + at * 13) % 100)}`);
    const name = `app-${index}`;
    return [deployment(name, 'one', 5), policy('PropagationPolicy', name, { name }, weighted(names, index))];
  }).flat();
  const start = performance.now();
  const plan = planOf(objects, { fleet });
  const contracts = fleet
    .slice(0, losses)
    .map(({ name }) => Contract.on('Deployment/*').keeps(1).whenLosing([name], { mode }));
  const answers = checkContracts(contracts, { plan, losses: () => Losses.of(objects, { fleet }) });
  if (answers.length !== templates * losses) throw new Error(`${answers.length} answers`);
  return performance.now() - start;
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
