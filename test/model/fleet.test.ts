import { describe, expect, test } from 'vitest';
import { Clusters } from '../../src/model/clusters';
import { Fleet } from '../../src/model/fleet';
import { refusal, untyped } from '../support/refusal';

describe('Fleet.of', () => {
  test('keeps the clusters in the order given, with what is known about them', () => {
    const fleet = Fleet.of({ member2: { region: 'us', zones: ['a', 'b'] }, member1: {} });
    expect(fleet.names).toEqual(['member2', 'member1']);
    expect(fleet.clusters).toEqual([{ name: 'member2', region: 'us', zones: ['a', 'b'] }, { name: 'member1' }]);
    expect(fleet.get('member2').region).toBe('us');
    expect(fleet.has('member1')).toBe(true);
    expect(fleet.has('member3')).toBe(false);
  });

  test('is not changed by what happens to its input, and cannot be changed itself', () => {
    const properties = { labels: { tier: 'gold' } };
    const fleet = Fleet.of({ member1: properties });
    properties.labels.tier = 'tin';
    expect(fleet.get('member1').labels).toEqual({ tier: 'gold' });
    expect(Object.isFrozen(fleet)).toBe(true);
    expect(Object.isFrozen(fleet.clusters)).toBe(true);
    expect(Object.isFrozen(fleet.names)).toBe(true);
    expect(Object.isFrozen(fleet.get('member1').labels)).toBe(true);
  });

  test.each([
    [{}, 'the fleet has no clusters\n  fix: declare at least one member cluster'],
    [
      ['member1'],
      'Fleet.of needs an object of clusters, got ["member1"]\n  fix: write it like Fleet.of({ member1: { region: "eu" }, member2: {} })',
    ],
    [
      { Member_1: {} },
      'fleet: cluster name "Member_1" must be lower case letters, digits and "-", with a letter or digit at both ends\n  fix: use the name that `kubectl get clusters` prints',
    ],
    [
      { ['m'.repeat(49)]: {} },
      `fleet: cluster name "${'m'.repeat(49)}" must be at most 48 characters, has 49\n  fix: use the name that \`kubectl get clusters\` prints`,
    ],
    [
      { member1: { regoin: 'eu' } },
      'cluster "member1" has no property "regoin"\n  fix: write "region" in place of "regoin"',
    ],
    [
      { member1: 'eu' },
      'cluster "member1" must be an object, got "eu"\n  fix: give an object with region, provider, zones, labels, taints, apiEnablements, resourceModels and 3 more',
    ],
    [
      { member1: { region: '' } },
      'cluster "member1": region "" is empty\n  fix: write the region exactly as in the Cluster object, or omit it',
    ],
    [
      { member1: { zones: 'a' } },
      'zones of cluster "member1" must be a list, got "a"\n  fix: write it in square brackets, even a single one',
    ],
    [
      { member1: { labels: { gpu: true } } },
      'cluster "member1": label "gpu": true must be a string; quote it\n  fix: write key and value exactly as in the Cluster object',
    ],
    [
      { member1: { taints: [{ key: 'x', effect: 'PreferNoSchedule' }] } },
      'cluster "member1": taint: effect must be NoSchedule or NoExecute, got "PreferNoSchedule"\n  fix: use one of NoSchedule, NoExecute',
    ],
    [
      { member1: { taints: [0, 1].map(() => ({ key: 'x', effect: 'NoExecute' })) } },
      'cluster "member1": taint: key "x" with effect NoExecute is listed twice\n  fix: keep one of the two',
    ],
    [
      { member1: { apiEnablements: [{ groupVersion: 'v1' }] } },
      'cluster "member1": apiEnablement must have a groupVersion and a list of kinds, got {"groupVersion":"v1"}\n  fix: write it like { groupVersion: "apps/v1", kinds: ["Deployment"] }',
    ],
  ])('fails when it is %j', (clusters, message) => {
    expect(refusal(() => Fleet.of(untyped(clusters))).message).toBe(message);
  });
});

/** Written by hand after what `kubectl get clusters -o yaml` printed for a joined k3d cluster of Karmada v1.18. */
const kubectlYaml = `apiVersion: v1
items:
- apiVersion: cluster.karmada.io/v1alpha1
  kind: Cluster
  metadata:
    creationTimestamp: "2026-11-01T10:00:00Z"
    labels:
      tier: gold
    name: k3d-cluster-1
  spec:
    apiEndpoint: https://192.0.2.1:6445
    provider: k3d
    region: eu
    syncMode: Push
    taints:
    - effect: NoSchedule
      key: maintenance
      timeAdded: "2026-11-01T10:00:00Z"
    zones:
    - eu-1
    - eu-2
  status:
    apiEnablements:
    - groupVersion: apps/v1
      resources:
      - kind: Deployment
        name: deployments
    conditions:
    - status: "True"
      type: Ready
- apiVersion: cluster.karmada.io/v1alpha1
  kind: Cluster
  metadata:
    name: k3d-cluster-2
  spec:
    syncMode: Pull
    zone: us-1
  status:
    conditions:
    - status: "False"
      type: Ready
kind: List
`;

const kubectlClusters = [
  {
    name: 'k3d-cluster-1',
    labels: { tier: 'gold' },
    provider: 'k3d',
    region: 'eu',
    zones: ['eu-1', 'eu-2'],
    taints: [{ key: 'maintenance', effect: 'NoSchedule' }],
    apiEnablements: [{ groupVersion: 'apps/v1', kinds: ['Deployment'] }],
    ready: true,
  },
  { name: 'k3d-cluster-2', zones: ['us-1'], ready: false },
];

const oneCluster = { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster', metadata: { name: 'member1' } };

describe('Fleet.fromClusters', () => {
  test('reads the List that kubectl prints', () => {
    expect(Fleet.fromClusters(kubectlYaml).clusters).toEqual(kubectlClusters);
  });

  test.each([
    ['one Cluster as JSON', JSON.stringify(oneCluster)],
    ['one Cluster as an object', oneCluster],
    ['a List as an object', { apiVersion: 'v1', kind: 'List', items: [oneCluster] }],
    ['a list of objects', [oneCluster]],
    ['a document after an empty one', `---\n---\n${JSON.stringify(oneCluster)}\n`],
  ])('reads %s', (_, clusters) => {
    expect(Fleet.fromClusters(clusters).names).toEqual(['member1']);
  });

  test('reads several documents', () => {
    const other = JSON.stringify(oneCluster).replace('member1', 'member2');
    expect(Fleet.fromClusters(`${JSON.stringify(oneCluster)}\n---\n${other}\n`).names).toEqual(['member1', 'member2']);
  });

  test('fails when an object is no Cluster, and says on which line', () => {
    const text = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: { name: x }\n';
    expect(refusal(() => Fleet.fromClusters(text))).toEqual({
      code: 'fleet.kind',
      message:
        'line 4: expected a Cluster of cluster.karmada.io/v1alpha1, got Pod of v1\n  fix: give a fleet file, or the output of `kubectl get clusters -o yaml` on the Karmada control plane',
    });
  });

  const shaped = (fields: object) => [{ ...oneCluster, ...fields }];

  test.each([
    ['a taint that is null', { spec: { taints: [null] } }, 'spec.taints[0] must be an object, got null'],
    ['taints that are no list', { spec: { taints: 'x' } }, 'spec.taints must be a list, got "x"'],
    ['a taint key', { spec: { taints: [{ key: 5, effect: 'NoSchedule' }] } }, 'spec.taints[0].key must be text, got 5'],
    ['a region', { spec: { region: { toString: 1 } } }, 'spec.region must be text, got {"toString":1}'],
    ['a zone', { spec: { zones: [1] } }, 'spec.zones[0] must be text, got 1'],
    ['an API', { status: { apiEnablements: [null] } }, 'status.apiEnablements[0] must be an object, got null'],
    [
      'resources',
      { status: { apiEnablements: [{ groupVersion: 'v1', resources: 'x' }] } },
      'status.apiEnablements[0].resources must be a list, got "x"',
    ],
    ['a condition', { status: { conditions: [null] } }, 'status.conditions[0] must be an object, got null'],
    ['labels', { metadata: { name: 'a', labels: { a: 5 } } }, 'metadata.labels.a must be text, got 5'],
    ['metadata', { metadata: 'x' }, 'metadata must be an object, got "x"'],
    ['spec', { spec: [] }, 'spec must be an object, got []'],
  ])('fails when %s has another shape', (_, fields, message) => {
    expect(refusal(() => Fleet.fromClusters(shaped(fields)))).toEqual({
      code: 'fleet.shape',
      message: `Cluster: ${message}\n  fix: give what \`kubectl get clusters -o yaml\` prints, unchanged`,
    });
  });

  test.each([
    [null],
    [5],
    [[null]],
    [{ kind: { toString: 1 }, apiVersion: { toString: 1 } }],
    [{ kind: 'Cluster', apiVersion: { toString: 1 } }],
    [{ apiVersion: 'v1', kind: 'List', items: 'x' }],
    [{ apiVersion: 'v1', kind: 'List', items: [null] }],
    [{ apiVersion: 'v1', kind: 'ClusterList', items: [[]] }],
  ])('fails when it is given %j', (clusters) => {
    expect(refusal(() => Fleet.fromClusters(clusters as object)).code).toMatch(/^fleet\.(kind|empty)$/);
  });

  test('takes null as absent', () => {
    const bare = { spec: { taints: null, region: null }, status: { apiEnablements: null, conditions: null } };
    expect(Fleet.fromClusters(shaped(bare)).names).toEqual(['member1']);
  });

  test('fails when a cluster is there twice', () => {
    expect(refusal(() => Fleet.fromClusters([oneCluster, oneCluster]))).toEqual({
      code: 'fleet.duplicate',
      message: 'the fleet has cluster "member1" twice\n  fix: keep one of the two',
    });
  });

  test('fails when there is no cluster', () => {
    expect(refusal(() => Fleet.fromClusters({ apiVersion: 'v1', kind: 'List', items: [] })).code).toBe('fleet.empty');
  });
});

describe('Fleet.parse', () => {
  test.each([[null], [undefined], [5], [{}]])('fails when it is given %j', (text) => {
    expect(refusal(() => Fleet.parse(text as unknown as string)).code).toBe('property.type');
  });

  test('reads a fleet file', () => {
    const text = `
clusters:
  member1:
    region: eu
    taints: [{ key: gpu, effect: NoSchedule }]
  member2:
`;
    expect(Fleet.parse(text).clusters).toEqual([
      { name: 'member1', region: 'eu', taints: [{ key: 'gpu', effect: 'NoSchedule' }] },
      { name: 'member2' },
    ]);
  });

  test('reads a fleet file in JSON', () => {
    expect(Fleet.parse('{"clusters": {"member1": {"region": "eu"}}}').clusters).toEqual([
      { name: 'member1', region: 'eu' },
    ]);
  });

  test('reads what kubectl prints', () => {
    expect(Fleet.parse(kubectlYaml).clusters).toEqual(kubectlClusters);
  });

  test.each([
    ['', 'the fleet file is empty\n  fix: write `clusters:` and below it each member cluster'],
    ['clusters: {}\n', 'the fleet has no clusters\n  fix: declare at least one member cluster'],
    [
      'clusters: [member1]\n',
      'line 1: fleet file: clusters must be an object of clusters, got ["member1"]\n  fix: write "clusters:" and below it each name, as in `member1: { region: eu }`',
    ],
    [
      'cluster:\n  member1: {}\n',
      'line 1: fleet file has no property "cluster"\n  fix: write "clusters" in place of "cluster"',
    ],
    [
      'clusters:\n  member1:\n    region: eu\n    zone: a\n',
      'line 4: cluster "member1" has no property "zone"\n  fix: write "zones" in place of "zone"',
    ],
    [
      'clusters:\n  member1:\n    labels:\n      gpu: yes\n',
      'line 4: cluster "member1": label "gpu": true must be a string; quote it\n  fix: write key and value exactly as in the Cluster object',
    ],
    [
      'clusters:\n  member1:\n    taints:\n    - key: a\n      effect: NoSchedule\n    - key: b\n      effect: noSchedule\n',
      'line 6: cluster "member1": taint: effect must be NoSchedule or NoExecute, got "noSchedule"\n  fix: write "NoSchedule"',
    ],
    [
      'clusters:\n  member1: {}\n  member1: {}\n',
      'line 3: duplicate key "member1", first on line 2\n  fix: keep one of them',
    ],
    [
      'clusters:\n  Member: {}\n',
      'line 2: fleet: cluster name "Member" must be lower case letters, digits and "-", with a letter or digit at both ends\n  fix: use the name that `kubectl get clusters` prints',
    ],
  ])('fails when the text is %j', (text, message) => {
    expect(refusal(() => Fleet.parse(text)).message).toBe(message);
  });

  test('fails when the text is no YAML, and says on which line', () => {
    const { code, message } = refusal(() => Fleet.parse('clusters:\n  member1: [\n'));
    expect(code).toBe('fleet.syntax');
    expect(message).toMatch(/^line 2: /);
  });
});

describe('a fleet', () => {
  const fleet = Fleet.of({ member1: { region: 'eu' }, member2: {}, backup: {} });

  test('makes the placements that Placement makes, of its own clusters', () => {
    expect(fleet.weighted({ member1: 2, member2: 1 }).clusters.names).toEqual(['member1', 'member2']);
    expect(fleet.exactly({ member1: 2, member2: 1 }).replicas).toBe(3);
    expect(fleet.duplicated('member1').division).toEqual({ type: 'duplicated' });
    expect(fleet.evenly('member1', 'member2').division).toEqual({ type: 'evenly' });
    expect(fleet.aggregated(fleet.all()).division).toEqual({ type: 'aggregated' });
    expect(fleet.dynamicallyWeighted(fleet.where({ region: 'eu' })).division).toEqual({ type: 'dynamicallyWeighted' });
  });

  test('chooses clusters that Placement and Override take', () => {
    expect(fleet.in('member1', 'backup').toSpec()).toEqual({ clusterNames: ['member1', 'backup'] });
    expect(fleet.except('backup').toSpec()).toEqual({ exclude: ['backup'] });
    expect(fleet.where({ region: 'eu' }).except('member2').toSpec()).toEqual({
      fieldSelector: { matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] },
      exclude: ['member2'],
    });
    expect(fleet.all().isAll).toBe(true);
  });

  test('starts overrides from the clusters it chooses', () => {
    expect(fleet.in('backup').image({ tag: 'edge' }).toRule()).toEqual({
      targetCluster: { clusterNames: ['backup'] },
      overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: 'edge' }] },
    });
    expect(
      fleet
        .all()
        .labels({ remove: ['tier'] })
        .toRule(),
    ).toEqual({
      overriders: { labelsOverrider: [{ operator: 'remove', value: { tier: '' } }] },
    });
    const others = [
      fleet.in('backup').annotations({ add: { a: 'b' } }),
      fleet.in('backup').command({ container: 'pipy', add: ['x'] }),
      fleet.in('backup').args({ container: 'pipy', add: ['x'] }),
      fleet.in('backup').jsonPatch({ operator: 'remove', path: '/spec/replicas' }),
      fleet.in('backup').fieldPatch('/data/a', { json: [{ operator: 'remove', path: '/a' }] }),
    ];
    expect(others.map((override) => override.clusters?.names)).toEqual(others.map(() => ['backup']));
  });

  const everyWay: Record<string, (name: never) => unknown> = {
    'fleet.get': (name) => fleet.get(name),
    'fleet.in': (name) => fleet.in(name),
    'fleet.weighted': (name) => fleet.weighted({ [name]: 1 }),
    'fleet.exactly': (name) => fleet.exactly({ [name]: 1 }),
    'fleet.duplicated': (name) => fleet.duplicated(name),
    'fleet.evenly': (name) => fleet.evenly('member1', name),
    'fleet.aggregated': (name) => fleet.aggregated(Clusters.in(name)),
    'fleet.dynamicallyWeighted': (name) => fleet.dynamicallyWeighted(Clusters.except(name)),
    except: (name) => fleet.in('member1').except(name),
  };

  test.each(Object.entries(everyWay))('fails when %s names a cluster that it does not have', (call, way) => {
    expect(refusal(() => way(untyped('bakcup')))).toEqual({
      code: 'fleet.unknown-cluster',
      message: `${call} names cluster "bakcup", which is not in the fleet\n  fix: use "backup", or add "bakcup" to the fleet`,
    });
  });

  test('fails when it cannot tell which of its clusters was meant, and lists them', () => {
    expect(refusal(() => fleet.in(untyped('member3'))).message).toBe(
      'fleet.in names cluster "member3", which is not in the fleet\n  fix: use one of member1, member2, backup, or add "member3" to the fleet',
    );
  });

  test('fails when it is asked for a cluster twice', () => {
    expect(refusal(() => fleet.in('member1', 'member1')).message).toBe(
      'fleet.in names cluster "member1" twice\n  fix: name "member1" once',
    );
  });

  test('fails when a list of names came out empty', () => {
    const none: 'member1'[] = [];
    expect(refusal(() => fleet.duplicated(...none))).toEqual({
      code: 'clusters.empty',
      message: 'fleet.duplicated names no cluster\n  fix: name at least one, or pass Clusters.all() for every cluster',
    });
  });
});

describe('free capacity', () => {
  const summary = { allocatable: { cpu: '8', memory: '16Gi', pods: 40 }, allocated: { cpu: '500m' } };
  const models = [{ grade: 0, ranges: [{ name: 'cpu', min: '0', max: '1' }] }];
  const live = (name: string, spec: object, status: object) => ({
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: { name },
    spec,
    status,
  });

  test('is read from a fleet file and from kubectl output alike', () => {
    const modelings = [{ grade: 0, count: 2 }];
    const resourceSummary = { ...summary, allocatableModelings: modelings };
    const file = Fleet.parse(
      JSON.stringify({ clusters: { member1: { resourceModels: models, resourceSummary, nodes: 2 } } }),
    );
    const kubectl = Fleet.fromClusters(
      live('member1', { resourceModels: models }, { resourceSummary, nodeSummary: { totalNum: 2, readyNum: 2 } }),
    );
    expect(file.clusters).toEqual([{ name: 'member1', resourceModels: models, resourceSummary, nodes: 2 }]);
    expect(kubectl.clusters).toEqual(file.clusters);
  });

  test('a live cluster without a summary counts as full where others have one', () => {
    const clusters = [live('member1', {}, { resourceSummary: summary }), live('member2', {}, {})];
    expect(Fleet.fromClusters(clusters).get('member2')).toEqual({ name: 'member2', resourceSummary: {} });
    expect(Fleet.fromClusters(live('member2', {}, {})).get('member2')).toEqual({ name: 'member2' });
  });

  test('schedulerEstimators of a fleet file are those of every cluster that does not say otherwise', () => {
    const text = 'schedulerEstimators: true\nclusters: { member1: {}, member2: { schedulerEstimator: false } }';
    expect(Fleet.parse(text).clusters.map(({ schedulerEstimator }) => schedulerEstimator)).toEqual([true, false]);
  });

  test.each([
    [
      'clusters:\n  m1:\n    resourceSummary:\n      allocatable: { cpu: lots }',
      'line 4: cluster "m1": resourceSummary.allocatable.cpu must be an amount such as 500m or 8Gi, got "lots"',
    ],
    [
      'clusters:\n  m1:\n    resourceSummary: { alocatable: {} }',
      'line 3: cluster "m1": resourceSummary has no property "alocatable"',
    ],
    [
      'clusters: { m1: { resourceSummary: { allocatableModelings: [{ grade: 0, count: many }] } } }',
      'line 1: cluster "m1": resourceSummary.allocatableModelings[0].count must be a whole number, got "many"',
    ],
    ['clusters: { m1: { resourceModels: 3 } }', 'line 1: cluster "m1": resourceModels must be a list, got 3'],
    [
      'clusters: { m1: { nodes: -1 } }',
      'line 1: cluster "m1": nodes must be a whole number from 0 to 2147483647, got -1',
    ],
    [
      'schedulerEstimators: maybe\nclusters: { m1: {} }',
      'line 1: fleet file: schedulerEstimators must be true or false, got "maybe"',
    ],
    [
      'apiVersion: cluster.karmada.io/v1alpha1\nkind: Cluster\nmetadata: { name: m1 }\nstatus: { resourceSummary: [] }',
      'line 4: Cluster: status.resourceSummary must be an object, got []',
    ],
  ])('fails when it is rubbish: %s', (text, message) => {
    expect(refusal(() => Fleet.parse(text)).message.split('\n')[0]).toBe(message);
  });
});
