import fc from 'fast-check';
import { type ClusterConditions, Clusters } from '../../src/model/clusters';

/** Names of member clusters; few, so that they overlap. */
export const anyClusterName = fc.oneof(
  fc.constantFrom('member1', 'member2', 'member3', 'k3d-cluster-1', 'a'),
  fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/),
);

/** One or more distinct names. */
export const anyClusterNames = fc.uniqueArray(anyClusterName, { minLength: 1, maxLength: 5 });

const anyLabelValue = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,20}[A-Za-z0-9])?$/);
const someValues = fc.uniqueArray(anyLabelValue, { minLength: 1, maxLength: 3 });
const anyLabelKey = fc.constantFrom('tier', 'example.com/env', 'GPU_model', 'a.b');

const anyLabelCondition = fc.oneof(
  anyLabelValue,
  fc
    .record({ in: someValues, notIn: someValues, exists: fc.boolean() }, { requiredKeys: [] })
    .filter((condition) => Object.keys(condition).length > 0),
);

const anyTopologyCondition = fc.oneof(
  anyLabelValue,
  fc.record({ in: someValues, notIn: someValues }, { requiredKeys: ['in'] }),
);

/** Conditions that `Clusters.where` takes. */
export const anyConditions: fc.Arbitrary<ClusterConditions> = fc
  .record(
    {
      labels: fc.dictionary(anyLabelKey, anyLabelCondition, { minKeys: 1, maxKeys: 3 }),
      region: anyTopologyCondition,
      provider: anyTopologyCondition,
      zone: anyTopologyCondition,
    },
    { requiredKeys: [] },
  )
  .filter((conditions) => Object.keys(conditions).length > 0);

/** Any choice of clusters. */
export const anyClusters: fc.Arbitrary<Clusters> = fc
  .record({
    names: fc.option(anyClusterNames, { nil: undefined }),
    conditions: fc.option(anyConditions, { nil: undefined }),
    except: fc.option(anyClusterNames, { nil: undefined }),
  })
  .map(({ names, conditions, except }) => {
    const named = names ? Clusters.in(...names) : Clusters.all();
    const narrowed = conditions ? named.where(conditions) : named;
    const others = except?.filter((name) => !narrowed.names.includes(name)) ?? [];
    return others.length > 0 ? narrowed.except(...others) : narrowed;
  });
