import fc from 'fast-check';
import type { Clusters } from '../../src/model/clusters';
import { Placement } from '../../src/model/placement';
import { isStatic } from '../../src/model/replica-division';
import type { Spread } from '../../src/model/spread-constraint';
import { Toleration } from '../../src/model/toleration';
import { anyClusterName, anyClusters } from './arbitrary-clusters';

const anyWeight = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(Number.MAX_SAFE_INTEGER));
const anyAffinityName = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,30}[A-Za-z0-9])?$/);
const anyRange = fc
  .record({ min: fc.integer({ min: 1, max: 5 }), more: fc.nat(5), open: fc.boolean() })
  .map(({ min, more, open }) => (open ? { max: min + more } : { min, max: min + more }));

const anySpread: fc.Arbitrary<Spread> = fc.record(
  { cluster: anyRange, region: anyRange, zone: anyRange, provider: anyRange },
  { requiredKeys: ['cluster'] },
);

const anyToleration = fc.oneof(
  fc.constant(Toleration.all()),
  fc.constantFrom('maintenance', 'example.com/gpu').map((key) => Toleration.of({ key })),
  fc.constantFrom('NoSchedule', 'NoExecute').map((effect) => Toleration.of({ key: 'a', value: 'b', effect })),
  fc.constant(Toleration.unreachable()),
);

const anyWeightsByName = fc.dictionary(anyClusterName, anyWeight, { minKeys: 1, maxKeys: 4 });

const anyUnrefined: fc.Arbitrary<Placement> = fc.oneof(
  anyWeightsByName.map((weights) => Placement.weighted(weights)),
  fc
    .record({
      weights: fc.array(
        fc.record({ clusters: anyClusters.filter(({ names }) => names.length === 0), weight: anyWeight }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      among: anyClusters,
    })
    .map(({ weights, among }) => Placement.weighted(weights, among)),
  fc
    .record({ clusters: anyClusters.filter(({ isByName }) => !isByName), weight: anyWeight })
    .map((weight) => Placement.weighted([weight])),
  fc
    .dictionary(anyClusterName, fc.integer({ min: 1, max: 100 }), { minKeys: 1, maxKeys: 4 })
    .map((replicas) => Placement.exactly(replicas)),
  ...(['duplicated', 'evenly', 'aggregated', 'dynamicallyWeighted'] as const).map((way) =>
    anyClusters.map((clusters) => Placement[way](clusters)),
  ),
);

const anyGroups = fc.record({
  names: fc.uniqueArray(anyAffinityName, { minLength: 1, maxLength: 6 }),
  clusters: fc.array(anyClusters, { minLength: 6, maxLength: 6 }),
  overflows: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
});

type Groups = typeof anyGroups extends fc.Arbitrary<infer Value> ? Value : never;

/** Any placement that the factories and refinements make: each refinement is applied wherever the placement takes it. */
export const anyPlacement: fc.Arbitrary<Placement> = fc
  .record({
    placement: anyUnrefined,
    spread: fc.option(anySpread, { nil: undefined }),
    tolerations: fc.array(anyToleration, { maxLength: 2 }),
    groups: fc.option(anyGroups, { nil: undefined }),
    affinity: fc.constantFrom(undefined, 'app.group', 'example.com/tenant'),
    antiAffinity: fc.constantFrom(undefined, 'app.other', 'example.com/customer'),
  })
  .map(({ placement, spread, tolerations, groups, affinity, antiAffinity }) => {
    let refined = placement.tolerating(...tolerations);
    if (spread && !isStatic(placement.division)) refined = refined.spreadOver(spread);
    if (affinity) refined = refined.withWorkloadAffinity(affinity);
    if (antiAffinity) refined = refined.withWorkloadAntiAffinity(antiAffinity);
    return groups ? grouped(refined, groups) : refined;
  });

function grouped(placement: Placement, { names, clusters, overflows }: Groups): Placement {
  const [first, ...others] = names;
  let result = placement.named(first!);
  const takesOverflow = placement.division?.type === 'aggregated' || placement.division?.type === 'dynamicallyWeighted';
  others.forEach((name, index) => {
    const last = result.groups[result.groups.length - 1]!;
    if (takesOverflow && overflows[index] && !last.clusters.isAll) {
      result = result.overflowingTo(name, clusters[index]!);
    } else if (takesMore(placement, clusters[index]!)) {
      result = result.orElse(name, clusters[index]!);
    }
  });
  return result;
}

/** Fixed weights take no named cluster without a weight, and exact replicas no other clusters at all. */
function takesMore({ division }: Placement, clusters: Clusters): boolean {
  if (division?.type === 'exactly') return false;
  return division?.type !== 'weighted' || clusters.names.length === 0;
}
