import type { Cluster } from '../../karmada/cluster';
import type { ClusterAffinitySpec, PlacementSpec } from '../../karmada/policy-spec';
import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { fieldAt } from '../../kubernetes/plain-data';
import { replicasField } from '../../kubernetes/replicas';
import type { Plan, Replicas, TemplatePlan } from '../../planner';
import { Matchers } from '../../planner/matching/matchers';
import { staticWeights } from '../../planner/schedule/static-weights';
import { strategyOf } from '../../planner/schedule/strategy';

/** How the replicas of a workload are divided by static weights. */
export interface StaticDivision {
  readonly template: TemplatePlan;
  readonly replicas: number;
  /** Weight of every cluster that takes part; computed on first use. */
  readonly weights: ReadonlyMap<string, number>;
  /** Whether every cluster of the fleet gets a replica in each result. */
  readonly everywhere: boolean;
  /** The results that can come out: one, or two where the UID of the template decides. */
  readonly results: readonly Replicas[];
}

/** Divisions of the workloads of a plan, each computed once. */
export class StaticDivisions {
  readonly #clusters: ReadonlyMap<string, Cluster>;
  readonly #matchers = new Matchers();
  readonly #weights = new Map<string, ReadonlyMap<string, number>>();
  readonly #divisions = new Map<TemplatePlan, StaticDivision | undefined>();

  constructor(private readonly plan: Plan) {
    this.#clusters = new Map(plan.clusters.map((cluster) => [cluster.name, cluster]));
  }

  /** The division of a workload; undefined where something else than static weights decides, and the number. */
  of(template: TemplatePlan): StaticDivision | undefined {
    if (!this.#divisions.has(template)) this.#divisions.set(template, this.#divisionOf(template));
    return this.#divisions.get(template);
  }

  #divisionOf(template: TemplatePlan): StaticDivision | undefined {
    const { policy, divided, replicas, scheduled, takenBy } = template;
    if (!policy || takenBy !== undefined || !divided || !replicas) return undefined;
    const placement = (fieldAt(policy.object.spec, 'placement') ?? {}) as PlacementSpec;
    if (strategyOf(placement) !== 'StaticWeight') return undefined;
    const results =
      scheduled?.kind === 'certain'
        ? [scheduled.replicas]
        : scheduled?.kind === 'either'
          ? [scheduled.ascending, scheduled.descending]
          : undefined;
    if (!results) return undefined;
    let weights: ReadonlyMap<string, number> | undefined;
    const weightsOf = (): ReadonlyMap<string, number> => {
      weights ??= this.#weightsOf(template, placement);
      return weights;
    };
    const everywhere = results.every(({ size }) => size === this.#clusters.size);
    return {
      template,
      replicas,
      results,
      everywhere,
      get weights() {
        return weightsOf();
      },
    };
  }

  /**
   * Whether a cluster has a weight in a division. Most that do not are outside of the affinity, which is cheaper to ask than
   * the weights are to work out.
   */
  hasWeight(template: TemplatePlan, cluster: string): boolean {
    const division = this.of(template);
    const member = this.#clusters.get(cluster);
    return (
      division !== undefined &&
      member !== undefined &&
      this.#mayChoose(template.policy!, member) &&
      division.weights.has(cluster)
    );
  }

  #mayChoose({ object }: Manifest, cluster: Cluster): boolean {
    const affinity = fieldAt(object.spec, 'placement', 'clusterAffinity');
    return this.#matchers.cluster(affinity as ClusterAffinitySpec | undefined, this.plan.karmada)(cluster);
  }

  /** Templates of one kind under one policy have the same candidates. */
  #weightsOf(template: TemplatePlan, placement: PlacementSpec): ReadonlyMap<string, number> {
    const { policy, affinityTerm, manifest } = template;
    const key = [objectKey(policy!.object), affinityTerm, manifest.object.apiVersion, manifest.object.kind].join(' ');
    let weights = this.#weights.get(key);
    if (!weights) {
      const candidates = template.candidates.map((name) => this.#clusters.get(name) as Cluster);
      weights = staticWeights(candidates, placement.replicaScheduling?.weightPreference, this.plan.karmada);
      this.#weights.set(key, weights);
    }
    return weights;
  }
}

/** Clusters that take part and get nothing, for each result. */
export function leftOut(division: StaticDivision): readonly (readonly string[])[] {
  if (division.everywhere) return division.results.map(() => []);
  const clusters = [...division.weights.keys()];
  return division.results.map((replicas) => clusters.filter((cluster) => !replicas.get(cluster)));
}

/**
 * The fewest replicas that give each cluster one, whatever the UID.
 *
 * A cluster of weight w gets its first replica once all that rank higher are given: those with v / (2n + 1) at least w,
 * for n replicas so far in a cluster of weight v.
 */
export function enoughForAll(weights: ReadonlyMap<string, number>): number {
  const lightest = Math.min(...weights.values());
  return [...weights.values()].reduce((sum, weight) => sum + Math.floor((weight / lightest - 1) / 2) + 1, 0);
}

/** Common cause of findings about the division of a workload. */
export function replicasCause({ key }: Pick<TemplatePlan, 'key'>): string {
  return `replicas of ${key}`;
}

/** The field that says how many replicas a workload has; undefined for a Pod, and where only a script knows. */
export function replicasPath({ manifest: { object } }: Pick<TemplatePlan, 'manifest'>): string | undefined {
  const field =
    replicasField(object) ?? (typeof fieldAt(object.spec, 'replicas') === 'number' ? 'replicas' : undefined);
  return field && `spec.${field}`;
}

/** The place of a finding about the replicas of a workload. */
export function atReplicas(template: Pick<TemplatePlan, 'manifest'>): { readonly path?: string } {
  const path = replicasPath(template);
  return path === undefined ? {} : { path };
}

/**
 * Advice to give a workload as many replicas.
 *
 * @param owner - whose field it is, where the finding is about another object
 */
export function toReplicas(template: Pick<TemplatePlan, 'manifest'>, number: string, owner = ''): string {
  const path = replicasPath(template);
  if (path !== undefined) return `set ${path}${owner && ` of ${owner}`} to ${number}`;
  const { object } = template.manifest;
  return object.kind === 'Pod' && object.apiVersion === 'v1'
    ? `use a Deployment with ${number} replicas`
    : `raise the replicas of ${objectKey(object)} to ${number}`;
}
