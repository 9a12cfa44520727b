import type {
  ClusterAffinityTermSpec,
  PlacementSpec,
  SpreadConstraintSpec,
  StaticWeightSpec,
  TolerationSpec,
} from '../../karmada/policy-spec';
import { canonicalText, listOf } from '../../kubernetes/plain-data';
import type { Placement } from '../../model/placement';
import { Chain, type LiteralValue } from '../print-typescript';
import { type CodeContext, clustersCode, rootFor } from './clusters-code';
import { firstExact } from './evaluate';

/**
 * The code of a placement, such as `fleet.weighted({ member1: 2, member2: 1 })`.
 *
 * @param isEqual - whether a placement means the same in a policy; defaults of Karmada may differ
 * @returns undefined if no factory makes it, for example because Karmada would ignore a part
 */
export function placementCode(
  spec: PlacementSpec,
  context: CodeContext,
  isEqual: (placement: PlacementSpec) => boolean,
): LiteralValue | undefined {
  const exact = canonicalText(spec);
  const codes = [refined(spec, context), Chain.on('Placement', 'fromSpec', spec as LiteralValue)];
  const { names } = context;
  return (
    firstExact<Placement>(codes, names, (made) => canonicalText(made.toSpec()) === exact) ??
    firstExact<Placement>(codes, names, (made) => isEqual(made.toSpec()))
  );
}

function refined(spec: PlacementSpec, context: CodeContext): Chain | undefined {
  const groups = listOf<ClusterAffinityTermSpec>(spec.clusterAffinities);
  let code = groups.length > 0 ? withGroups(spec, groups, context) : ungrouped(spec, context);
  if (code === undefined) return undefined;
  const spread = listOf<SpreadConstraintSpec>(spec.spreadConstraints);
  if (spread.length > 0) code = code.call('spreadOver', spreadOf(spread));
  const tolerations = listOf<TolerationSpec>(spec.clusterTolerations);
  if (tolerations.length > 0) code = code.call('tolerating', ...tolerations.map(tolerationCode));
  const { affinity, antiAffinity } = spec.workloadAffinity ?? {};
  if (affinity) code = code.call('withWorkloadAffinity', affinity.groupByLabelKey);
  if (antiAffinity) code = code.call('withWorkloadAntiAffinity', antiAffinity.groupByLabelKey);
  return code;
}

function ungrouped(spec: PlacementSpec, context: CodeContext): Chain | undefined {
  if (spec.clusterAffinity === undefined || spec.clusterAffinity === null) return undefined;
  const eligible = everyCluster(spec.clusterAffinity)
    ? { code: Chain.on(rootFor([], context, 'Clusters'), 'all') }
    : clustersCode(spec.clusterAffinity, context);
  if (eligible === undefined) return undefined;
  const method = methodOf(spec);
  if (method === 'weighted') {
    const weights = weightsOf(spec, context);
    if (weights === undefined) return undefined;
    const sameNames = weights.byName && canonicalText(eligible.names) === canonicalText(weights.names);
    const root = rootFor([...weights.names, ...(eligible.names ?? [])], context, 'Placement');
    return Chain.on(root, 'weighted', weights.code, ...(sameNames ? [] : [eligible.code]));
  }
  if (eligible.names) return Chain.on(rootFor(eligible.names, context, 'Placement'), method, ...eligible.names);
  return Chain.on(isOfFleet(eligible.code) ? 'fleet' : 'Placement', method, eligible.code);
}

/** What factories write for every cluster. */
function everyCluster(affinity: object): boolean {
  return canonicalText(affinity) === '{"labelSelector":{}}';
}

function isOfFleet(code: LiteralValue): boolean {
  return code instanceof Chain && code.root === 'fleet';
}

function withGroups(
  spec: PlacementSpec,
  groups: readonly ClusterAffinityTermSpec[],
  context: CodeContext,
): Chain | undefined {
  const [first, ...others] = groups;
  const { affinityName, overflowAffinities, ...affinity } = first!;
  const weights = methodOf(spec) === 'weighted' ? weightsOf(spec, context) : undefined;
  if (methodOf(spec) === 'weighted' && !weights?.byName) return undefined;
  const start = weights
    ? weightedFirst(weights, listOf(affinity.clusterNames), context)
    : ungrouped({ ...spec, clusterAffinity: affinity }, context);
  if (start === undefined) return undefined;
  let code: Chain | undefined = overflowing(start.call('named', affinityName), overflowAffinities, context);
  for (const { affinityName: name, overflowAffinities: overflow, ...clusters } of others) {
    const next: readonly LiteralValue[] | undefined = weights
      ? argument(groupWeights(weights, listOf(clusters.clusterNames)))
      : choiceOf(clusters, context);
    if (code === undefined || next === undefined) return undefined;
    code = overflowing(code.call('orElse', name, ...next), overflow, context);
  }
  return code;
}

function weightedFirst(weights: Weights, clusters: readonly string[], context: CodeContext): Chain | undefined {
  const own = groupWeights(weights, clusters);
  return own === undefined ? undefined : Chain.on(rootFor(clusters, context, 'Placement'), 'weighted', own);
}

function overflowing(
  code: Chain,
  overflow: ClusterAffinityTermSpec['overflowAffinities'],
  context: CodeContext,
): Chain | undefined {
  let result = code;
  for (const { affinityName, ...clusters } of listOf<ClusterAffinityTermSpec>(overflow)) {
    const choice = choiceOf(clusters, context);
    if (choice === undefined) return undefined;
    result = result.call('overflowingTo', affinityName, ...choice);
  }
  return result;
}

/** Clusters as arguments: names that the fleet has not, or one value. */
function choiceOf(affinity: object, context: CodeContext): readonly LiteralValue[] | undefined {
  const clusters = clustersCode(affinity, context);
  return clusters && [clusters.code];
}

function argument(value: LiteralValue | undefined): readonly LiteralValue[] | undefined {
  return value === undefined ? undefined : [value];
}

function groupWeights({ numbers }: Weights, clusters: readonly string[]): LiteralValue | undefined {
  const entries = clusters.map((name): [string, number | undefined] => [name, numbers.get(name)]);
  if (entries.some(([, weight]) => weight === undefined)) return undefined;
  return Object.fromEntries(entries) as { readonly [key: string]: LiteralValue };
}

/** The factory for the division of a placement. */
function methodOf({ replicaScheduling }: PlacementSpec): string {
  if (replicaScheduling === undefined || replicaScheduling === null) return 'over';
  const { replicaSchedulingType, replicaDivisionPreference, weightPreference } = replicaScheduling;
  if (replicaSchedulingType === 'Duplicated') return 'duplicated';
  if (replicaDivisionPreference === 'Aggregated') return 'aggregated';
  if (weightPreference?.dynamicWeight) return 'dynamicallyWeighted';
  return weightPreference ? 'weighted' : 'evenly';
}

interface Weights {
  readonly code: LiteralValue;
  /** All clusters that the weights name. */
  readonly names: readonly string[];
  readonly byName: boolean;
  readonly numbers: ReadonlyMap<string, number>;
}

function weightsOf({ replicaScheduling }: PlacementSpec, context: CodeContext): Weights | undefined {
  const list = listOf<StaticWeightSpec>(replicaScheduling?.weightPreference?.staticWeightList);
  const entries = list.map(({ targetCluster, weight }) => ({ clusters: clustersCode(targetCluster, context), weight }));
  if (entries.some(({ clusters }) => clusters === undefined)) return undefined;
  const names = entries.flatMap(({ clusters }) => clusters?.names ?? []);
  const numbers = new Map(
    entries.flatMap(({ clusters, weight }) => (clusters?.names ?? []).map((name) => [name, weight])),
  );
  const byName = entries.every(({ clusters }) => clusters?.names?.length === 1) && numbers.size === entries.length;
  if (byName) return { code: Object.fromEntries(numbers), names, byName, numbers };
  const code = entries.map(({ clusters, weight }) => ({ clusters: clusters!.code, weight }));
  return { code, names, byName, numbers };
}

function spreadOf(spread: readonly SpreadConstraintSpec[]): LiteralValue {
  return Object.fromEntries(
    spread.map(({ spreadByField = 'cluster', minGroups, maxGroups }) => [
      spreadByField,
      { ...(minGroups !== undefined && { min: minGroups }), ...(maxGroups !== undefined && { max: maxGroups }) },
    ]),
  );
}

/** The code of a toleration. */
function tolerationCode(spec: TolerationSpec): LiteralValue {
  const { key, operator, value, effect, tolerationSeconds, ...others } = spec;
  const stated = (operator === 'Equal' && value !== undefined) || (operator === 'Exists' && value === undefined);
  if (!stated || Object.keys(others).length > 0) return Chain.on('Toleration', 'fromSpec', spec as LiteralValue);
  const during = tolerationSeconds === undefined ? undefined : Chain.on('Duration', 'seconds', tolerationSeconds);
  const known = new Map([
    ['cluster.karmada.io/unreachable', 'unreachable'],
    ['cluster.karmada.io/not-ready', 'notReady'],
  ]).get(key ?? '');
  if (known && operator === 'Exists' && effect === 'NoExecute') {
    return Chain.on('Toleration', known, ...(during ? [during] : []));
  }
  if (key === undefined && effect === undefined && !during && operator === 'Exists')
    return Chain.on('Toleration', 'all');
  return Chain.on('Toleration', 'of', {
    ...(key !== undefined && { key }),
    ...(value !== undefined && { value }),
    ...(effect !== undefined && { effect }),
    ...(during && { during }),
  });
}
