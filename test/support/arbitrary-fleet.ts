import fc from 'fast-check';
import type { ClusterProperties } from '../../src/model/cluster-properties';
import { anyClusterName } from './arbitrary-clusters';

const anyLabelValue = fc.oneof(
  fc.constantFrom('', 'eu', 'yes', '1.5', '0x1f'),
  fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/),
);
const anyTopology = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/);
const anyLabelKey = fc.constantFrom('tier', 'example.com/env', 'GPU_model', 'a.b', 'true', '12');
const anyQuantity = fc.oneof(fc.constantFrom('500m', '8Gi', '0', '1.5', '1e3'), fc.nat({ max: 1000 }));
/** Names of resources are not checked by readers. */
const anyResource = fc.oneof(
  fc.constantFrom('cpu', 'memory', 'example.com/gpu', "it's", '"', '\\', '\u2028', '$x{}', 'constructor', '__proto__'),
  fc.string({ minLength: 1, maxLength: 5, unit: 'binary' }),
);
const anyAmounts = fc.dictionary(anyResource, anyQuantity, { maxKeys: 3 });

function someOf<Type>(shape: { [Key in keyof Type]: fc.Arbitrary<Type[Key]> }): fc.Arbitrary<Partial<Type>> {
  return fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<Type>>;
}

/** Everything that a fleet file may say of a cluster. */
export const anyClusterProperties: fc.Arbitrary<ClusterProperties> = someOf<Required<ClusterProperties>>({
  region: anyTopology,
  provider: anyTopology,
  zones: fc.array(anyTopology, { minLength: 1, maxLength: 3 }),
  labels: fc.dictionary(anyLabelKey, anyLabelValue, { maxKeys: 3 }),
  taints: fc.uniqueArray(
    fc
      .record(
        { key: anyLabelKey, effect: fc.constantFrom('NoSchedule', 'NoExecute'), value: anyLabelValue },
        {
          requiredKeys: ['key', 'effect'],
        },
      )
      .map((taint) => taint as NonNullable<ClusterProperties['taints']>[number]),
    { maxLength: 3, selector: ({ key, effect }) => `${key}:${effect}` },
  ),
  apiEnablements: fc.array(
    fc.record({
      groupVersion: fc.constantFrom('v1', 'apps/v1', 'example.com/v1beta1'),
      kinds: fc.array(fc.constantFrom('Deployment', 'Service', 'Queue'), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  nodes: fc.nat({ max: 5000 }),
  resourceModels: fc.array(
    fc.record({
      grade: fc.nat({ max: 8 }),
      ranges: fc.array(
        fc.record({ name: anyResource, min: anyQuantity, max: anyQuantity }, { requiredKeys: ['name', 'min'] }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 3 },
  ),
  resourceSummary: someOf({
    allocatable: anyAmounts,
    allocated: anyAmounts,
    allocating: anyAmounts,
    allocatableModelings: fc.array(fc.record({ grade: fc.nat({ max: 8 }), count: fc.nat({ max: 99 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  schedulerEstimator: fc.boolean(),
});

/** The clusters of a fleet file. */
export const anyFleetClusters: fc.Arbitrary<Readonly<Record<string, ClusterProperties>>> = fc.dictionary(
  anyClusterName,
  anyClusterProperties,
  { minKeys: 1, maxKeys: 4 },
);
