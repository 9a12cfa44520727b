import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readControlPlane } from '../../src/apply/control-plane';
import { Kubectl } from '../../src/apply/kubectl';
import { releaseOf } from '../../src/apply/release';
import { readStatus } from '../../src/apply/status';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { readManifests } from '../../src/manifests';
import { tieBreakOf } from '../../src/planner/schedule/tie-break';
import { config, deployment, override, propagation } from '../support/workloads';
import { capacityScenarios } from './capacity-scenarios';
import { holdScenarios } from './hold-scenarios';
import { LiveLab, type LiveTarget, outcomeOf } from './live-lab';
import { lossScenarios } from './loss-scenarios';

/** Defines the scenarios of the live suite. */
export function liveScenarios(open: () => Promise<LiveTarget>): void {
  let lab: LiveLab;
  let names: readonly [string, string, string];

  beforeAll(async () => {
    lab = await LiveLab.open(await open());
    names = lab.names;
  });
  afterAll(async () => {
    await lab?.close();
    for (const name of (await lab?.terminating()) ?? []) console.warn(`left in phase Terminating: namespace ${name}`);
  });

  const here = () => ({ namespace: lab.namespace });
  const policy = (name: string, objects: readonly KubernetesObject[], clusters: readonly string[] = names) =>
    propagation(name, objects, clusters, lab.namespace);
  const map = (name: string, value = 'x') => config('ConfigMap', name, value, lab.namespace);

  /** The checked-in demo, changed to the namespace and members of this control plane. */
  function demo(replicas: number): KubernetesObject[] {
    const { manifests } = readManifests(['dist']);
    return manifests.map(({ object }) => {
      const text = JSON.stringify(object)
        .replaceAll('"namespace":"default"', `"namespace":"${lab.namespace}"`)
        .replaceAll(/"k3d-cluster-([123])"/g, (_, number) => JSON.stringify(names[Number(number) - 1]));
      const moved = JSON.parse(text) as KubernetesObject;
      if (moved.kind !== 'Deployment' || moved.metadata?.name !== 'pipy') return moved;
      return { ...moved, spec: { ...(moved.spec as object), replicas } };
    });
  }

  /** What status reports for these objects. */
  async function statusOf(objects: readonly KubernetesObject[]) {
    const release = releaseOf(objects.map((object, index) => ({ object, origin: { type: 'memory', index } })));
    return readStatus(lab.karmada, { release, karmada: defaultKarmadaVersion, health: lab.target.wait.health });
  }

  describe('the demo', () => {
    const pipy = () => demo(2).find(({ kind, metadata }) => kind === 'Deployment' && metadata?.name === 'pipy')!;

    test('2 replicas are placed according to the UID, and every member has the planned objects', async () => {
      const objects = demo(2);
      expect(outcomeOf(await lab.applied('demo', objects))).toBe('applied');
      const uid = (await lab.get(pipy()))?.metadata?.uid ?? '';
      const [first, second, third] = names;
      const expected = tieBreakOf(uid) === 'ascending' ? { [first]: 1, [second]: 1 } : { [second]: 1, [third]: 1 };
      expect(await lab.placement(pipy())).toEqual(expected);
      expect(await lab.disagreements(objects)).toEqual([]);
    });

    test('the same again changes nothing', async () => {
      const before = await Promise.all(demo(2).map((object) => lab.get(object)));
      const result = await lab.applied('demo', demo(2));
      expect(outcomeOf(result)).toBe('applied');
      expect(result.applied.map(({ change }) => change)).toEqual(demo(2).map(() => 'unchanged'));
      const after = await Promise.all(demo(2).map((object) => lab.get(object)));
      expect(after.map((object) => object?.metadata?.generation)).toEqual(
        before.map((object) => object?.metadata?.generation),
      );
    });

    test('3 replicas are one in each cluster, and back at 2 one cluster has none', async () => {
      expect(outcomeOf(await lab.applied('demo', demo(3)))).toBe('applied');
      expect(await lab.placement(pipy())).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
      expect(await lab.disagreements(demo(3))).toEqual([]);
      expect(outcomeOf(await lab.applied('demo', demo(2)))).toBe('applied');
      expect(Object.keys(await lab.placement(pipy()))).toHaveLength(2);
      expect(await lab.disagreements(demo(2))).toEqual([]);
    });

    test('status reports every template as done', async () => {
      const status = await statusOf(demo(2));
      expect(status.templates.filter(({ state }) => state !== 'done')).toEqual([]);
    });
  });

  test('divides by weight, and again when it is scaled', async () => {
    const web = (replicas: number) => deployment('weighted', replicas, here());
    const [first, second] = names;
    const weighted = policy('weighted', [web(1)]);
    const rule = (cluster: string, weight: number) => ({ targetCluster: { clusterNames: [cluster] }, weight });
    const spec = weighted.spec as { placement: { replicaScheduling: object } };
    const withWeights: KubernetesObject = {
      ...weighted,
      spec: {
        ...spec,
        placement: {
          ...spec.placement,
          replicaScheduling: {
            ...spec.placement.replicaScheduling,
            weightPreference: { staticWeightList: [rule(first, 3), rule(second, 1)] },
          },
        },
      },
    };
    for (const [replicas, expected] of [
      [4, { [first]: 3, [second]: 1 }],
      [8, { [first]: 6, [second]: 2 }],
    ] as const) {
      expect(outcomeOf(await lab.applied('weighted', [web(replicas), withWeights]))).toBe('applied');
      expect(await lab.placement(web(1))).toEqual(expected);
      expect(await lab.disagreements([web(replicas), withWeights])).toEqual([]);
    }
  });

  test('duplicates objects without replicas, with the override of each cluster', async () => {
    const conf = map('conf', 'everywhere');
    const secret = config('Secret', 'conf', 'hidden', lab.namespace);
    const patch = override('conf', conf, { path: '/data/value', operator: 'replace', value: 'there' }, [names[1]]);
    const objects = [conf, secret, patch, policy('conf', [conf, secret])];
    expect(outcomeOf(await lab.applied('conf', objects))).toBe('applied');
    expect(await lab.disagreements(objects)).toEqual([]);
    expect((await lab.getIn(names[1], conf))?.['data']).toEqual({ value: 'there' });
    // Without the override, the original value returns.
    const less = [conf, secret, policy('conf', [conf, secret])];
    expect((await lab.applied('conf', less)).pruned).toEqual([`OverridePolicy/${lab.namespace}/conf`]);
    expect(await lab.disagreements(less)).toEqual([]);
    expect((await lab.getIn(names[1], conf))?.['data']).toEqual({ value: 'everywhere' });
  });

  test('overrides the image and the replicas of one cluster', async () => {
    const web = deployment('image', 3, here());
    const image = override(
      'image',
      web,
      { path: '/spec/template/spec/containers/0/image', operator: 'replace', value: 'nginx:2' },
      [names[0]],
    );
    const replicas = override('replicas', web, { path: '/spec/replicas', operator: 'replace', value: 2 }, [names[2]]);
    const objects = [web, image, replicas, policy('image', [web])];
    expect(outcomeOf(await lab.applied('image', objects))).toBe('applied');
    expect(await lab.disagreements(objects)).toEqual([]);
    expect((await lab.getIn(names[2], web))?.spec).toMatchObject({ replicas: 2 });
  });

  test('propagates referenced objects', async () => {
    const conf = map('referenced');
    const web = deployment('refers', 2, here());
    const { template } = web.spec as { template: { spec: { containers: object[] } } };
    const container = { ...template.spec.containers[0], envFrom: [{ configMapRef: { name: 'referenced' } }] };
    const refers: KubernetesObject = {
      ...web,
      spec: { ...(web.spec as object), template: { ...template, spec: { containers: [container] } } },
    };
    const along = policy('refers', [refers], [names[0], names[1]]);
    const objects = [conf, refers, { ...along, spec: { ...(along.spec as object), propagateDeps: true } }];
    expect(outcomeOf(await lab.applied('refers', objects))).toBe('applied');
    expect(await lab.disagreements(objects)).toEqual([]);
    expect(await lab.getIn(names[2], conf)).toBeUndefined();
  });

  describe('every native workload kind is done, and its drift is not', () => {
    const template = (name: string) => ({
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: 'nginx:1' }] },
    });
    const selecting = (name: string) => ({ selector: { matchLabels: { app: name } }, template: template(name) });
    const kinds: readonly [string, string, (name: string) => object][] = [
      ['apps/v1', 'StatefulSet', (name) => ({ replicas: 3, serviceName: name, ...selecting(name) })],
      ['apps/v1', 'DaemonSet', selecting],
      ['apps/v1', 'ReplicaSet', (name) => ({ replicas: 3, ...selecting(name) })],
      ['apps/v1', 'Deployment', (name) => ({ replicas: 3, ...selecting(name) })],
      ['v1', 'Pod', (name) => template(name).spec],
      [
        'batch/v1',
        'Job',
        (name) => ({
          parallelism: 3,
          completions: 3,
          template: { spec: { ...template(name).spec, restartPolicy: 'Never' } },
        }),
      ],
      [
        'batch/v1',
        'CronJob',
        (name) => ({
          schedule: '0 0 1 1 *',
          jobTemplate: { spec: { template: { spec: { ...template(name).spec, restartPolicy: 'Never' } } } },
        }),
      ],
    ];

    test.each(kinds)('%s %s', async (apiVersion, kind, specOf) => {
      const name = `native-${kind.toLowerCase()}`;
      const metadata = { name, namespace: lab.namespace, labels: { app: name } };
      const object: KubernetesObject = { apiVersion, kind, metadata, spec: specOf(name) };
      const objects = [object, policy(name, [object])];
      expect(outcomeOf(await lab.applied(name, objects, { timeout: 60 }))).toBe('applied');
      expect((await statusOf(objects)).templates.map(({ state }) => state)).toEqual(['done']);

      const clusters = async () => Object.keys(await lab.placement(object)).sort();
      const before = await clusters();
      const other = names.find((cluster) => !before.includes(cluster)) ?? names[0];
      await lab.applyAs('somebody', policy(name, [object], [other]));
      await expect.poll(clusters, { timeout: lab.target.patience * 1000 }).toEqual([other]);
      // A member refuses another share of the completions of a Job that it has.
      const expected = kind === 'Job' ? /^failing .*immutable/ : new RegExp(`^waiting planned .*; is ${other}`);
      const drift = async () => {
        const [drifted] = (await statusOf(objects)).templates;
        return `${drifted?.state} ${drifted?.why}`;
      };
      await expect.poll(drift, { timeout: lab.target.patience * 1000 }).toMatch(expected);
    });
  });

  test('propagates and prunes a cluster-scoped object', async () => {
    const role: KubernetesObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: lab.namespace },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    };
    const everywhere: KubernetesObject = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'ClusterPropagationPolicy',
      metadata: { name: lab.namespace },
      spec: {
        resourceSelectors: [{ apiVersion: role.apiVersion, kind: role.kind, name: lab.namespace }],
        placement: { clusterAffinity: { clusterNames: [...names] } },
      },
    };
    expect(outcomeOf(await lab.applied('role', [role, everywhere]))).toBe('applied');
    expect(await lab.disagreements([role, everywhere])).toEqual([]);
    const rest = map('role-is-gone');
    const result = await lab.applied('role', [rest, policy('role-is-gone', [rest])]);
    expect(outcomeOf(result)).toBe('applied');
    expect(result.pruned).toEqual([`ClusterRole/${lab.namespace}`, `ClusterPropagationPolicy/${lab.namespace}`]);
    await expect.poll(async () => lab.getIn(names[0], role), { timeout: lab.target.patience * 1000 }).toBeUndefined();
  });

  test('creates a namespace and its objects in one apply', async () => {
    const name = `${lab.namespace}-more`;
    const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const conf = config('ConfigMap', 'conf', 'x', name);
    const objects = [conf, propagation('conf', [conf], names, name), namespace];
    try {
      const result = await lab.applied('namespace', objects);
      expect(outcomeOf(result)).toBe('applied');
      expect(result.preview?.later).toHaveLength(2);
      expect(await lab.disagreements([conf, objects[1]!])).toEqual([]);
    } finally {
      await lab.karmada.result(['delete', 'namespace', name, '--timeout=120s']);
    }
  });

  test('prunes removed objects, also in the members, and restores the earlier state', async () => {
    const one = map('one');
    const two = map('two');
    const web = deployment('rolled', 3, { ...here(), image: 'nginx:1' });
    const first = [one, two, web, policy('rolled', [one, two, web])];
    expect(outcomeOf(await lab.applied('rolled', first))).toBe('applied');
    const next = deployment('rolled', 6, { ...here(), image: 'nginx:2' });
    const second = [one, next, policy('rolled', [one, next], [names[0]])];
    const result = await lab.applied('rolled', second);
    expect(outcomeOf(result)).toBe('applied');
    expect(result.pruned).toEqual([`ConfigMap/${lab.namespace}/two`]);
    expect(await lab.get(two)).toBeUndefined();
    await expect.poll(async () => lab.getIn(names[1], two), { timeout: lab.target.patience * 1000 }).toBeUndefined();
    expect(await lab.disagreements(second)).toEqual([]);
    expect(outcomeOf(await lab.applied('rolled', first))).toBe('applied');
    expect(await lab.disagreements(first)).toEqual([]);
  });

  test('a renamed policy takes over its templates', async () => {
    const web = deployment('renamed', 2, here());
    expect(outcomeOf(await lab.applied('renamed', [web, policy('before', [web], [names[0]])]))).toBe('applied');
    const after = [web, policy('after', [web], [names[1]])];
    const result = await lab.applied('renamed', after);
    expect(outcomeOf(result)).toBe('applied');
    expect(result.pruned).toEqual([`PropagationPolicy/${lab.namespace}/before`]);
    expect(await lab.placement(web)).toEqual({ [names[1]]: 2 });
    expect(await lab.disagreements(after)).toEqual([]);
  });

  test('a suspended object stays in the control plane and counts as paused', async () => {
    const conf = map('suspended');
    const paused = policy('suspended', [conf]);
    const objects = [conf, { ...paused, spec: { ...(paused.spec as object), suspension: { dispatching: true } } }];
    const result = await lab.applied('suspended', objects);
    expect(outcomeOf(result)).toBe('applied');
    expect(result.rollouts[0]?.state).toBe('paused');
    expect(await lab.getIn(names[0], conf)).toBeUndefined();
  });

  test('continues after an interruption', async () => {
    const objects = (value: string) => {
      const conf = map('interrupted', value);
      const web = deployment('interrupted', 3, { ...here(), image: `nginx:${value}` });
      return [conf, web, policy('interrupted', [conf, web])];
    };
    for (const [value, seconds] of [
      ['1', 1],
      ['2', 1.7],
      ['3', 2.4],
    ] as const) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), seconds * 1000);
      expect(['interrupted', 'applied']).toContain(
        (await lab.applied('interrupted', objects(value), { signal: controller.signal })).outcome,
      );
      expect(outcomeOf(await lab.applied('interrupted', objects(value)))).toBe('applied');
      expect(await lab.disagreements(objects(value))).toEqual([]);
    }
  });

  describe('fails when', () => {
    test('the API server rejects an object, before anything is written', async () => {
      const conf = map('valid');
      // Only the server knows its priority classes.
      const invalid = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'invalid', namespace: lab.namespace },
        spec: { containers: [{ name: 'web', image: 'nginx' }], priorityClassName: 'missing' },
      };
      const result = await lab.applied('invalid', [conf, invalid, policy('invalid', [conf, invalid])]);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.problems.map(({ object }) => object)).toEqual([`Pod/${lab.namespace}/invalid`]);
      expect(await lab.get(conf)).toBeUndefined();
    });

    test('our own check rejects an object', async () => {
      const conf = map('wrong');
      const wrong = policy('wrong', [conf]);
      const placement = { clusterAffinity: {}, clusterAffinities: [{ affinityName: 'a' }] };
      const result = await lab.applied('wrong', [conf, { ...wrong, spec: { ...(wrong.spec as object), placement } }]);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.refused).toHaveLength(1);
    });

    test('a webhook denies the deletion of a protected object, until the protection is removed', async () => {
      const conf = map('protected');
      const label = 'resourcetemplate.karmada.io/deletion-protected';
      const guarded = { ...conf, metadata: { ...conf.metadata, labels: { [label]: 'Always' } } };
      const rest = map('unprotected');
      const last = [rest, policy('protected', [rest])];
      expect(outcomeOf(await lab.applied('protected', [guarded, rest, policy('protected', [guarded, rest])]))).toBe(
        'applied',
      );
      const denied = await lab.applied('protected', last);
      expect(denied.outcome).toBe('not-pruned');
      expect(await lab.get(conf)).toBeDefined();
      await lab.karmada.result(['label', 'configmap', 'protected', '-n', lab.namespace, `${label}-`]);
      const result = await lab.applied('protected', last);
      expect(outcomeOf(result)).toBe('applied');
      expect(result.pruned).toEqual([`ConfigMap/${lab.namespace}/protected`]);
    });

    test('another manager owns a field, until --force-conflicts', async () => {
      const web = deployment('contested', 3, here());
      const objects = [web, policy('contested', [web])];
      expect(outcomeOf(await lab.applied('contested', objects))).toBe('applied');
      const metadata = { name: 'contested', namespace: lab.namespace };
      await lab.applyAs('somebody', { apiVersion: web.apiVersion, kind: web.kind, metadata, spec: { replicas: 6 } });
      const result = await lab.applied('contested', objects);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.problems[0]?.conflicts).toEqual([{ manager: 'somebody', field: '.spec.replicas' }]);
      expect(outcomeOf(await lab.applied('contested', objects, { forceConflicts: true }))).toBe('applied');
      expect(await lab.disagreements(objects)).toEqual([]);
    });

    test('no cluster fits, without waiting for the timeout or pruning', async () => {
      const web = deployment('homeless', 1, here());
      const conf = map('homeless');
      expect(outcomeOf(await lab.applied('homeless', [web, conf, policy('homeless', [web, conf])]))).toBe('applied');
      const result = await lab.applied('homeless', [web, policy('homeless', [web], ['no-such-cluster'])]);
      expect(result.outcome).toBe('failed');
      expect(result.rollouts[0]?.why).toMatch(/^NoClusterFit: /);
      expect(await lab.get(conf)).toBeDefined();
      expect(outcomeOf(await lab.applied('homeless', [web, policy('homeless', [web])]))).toBe('applied');
    });

    test('a patch does not apply, before anything is written', async () => {
      const web = deployment('unpatched', 1, here());
      const bad = override('unpatched', web, { path: '/spec/nothing/here', operator: 'replace', value: 1 });
      const result = await lab.applied('unpatched', [web, bad, policy('unpatched', [web], [names[0]])]);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.failures.map(({ cluster }) => cluster)).toEqual([names[0]]);
      expect(await lab.get(web)).toBeUndefined();
    });

    test('a member already has an object of that name, until conflictResolution is Overwrite', async () => {
      const conf = map('taken', 'ours');
      await expect.poll(async () => namespaceIn(names[0]), { timeout: lab.target.patience * 1000 }).toBe(true);
      await lab.applyAs('somebody', map('taken', 'theirs'), lab.members.get(names[0])!);
      const objects = [conf, policy('taken', [conf])];
      const result = await lab.applied('taken', objects);
      expect(result.outcome).toBe('failed');
      expect(result.rollouts[0]?.why).toContain(`already exists in the cluster ${names[0]}`);
      expect((await lab.getIn(names[0], conf))?.['data']).toEqual({ value: 'theirs' });
      const overwrite = policy('taken', [conf]);
      const taking = [conf, { ...overwrite, spec: { ...(overwrite.spec as object), conflictResolution: 'Overwrite' } }];
      expect(outcomeOf(await lab.applied('taken', taking))).toBe('applied');
      expect(await lab.disagreements(taking)).toEqual([]);
    });

    test('the server is a member cluster, not Karmada', async () => {
      const member = lab.members.get(names[0])!;
      await expect(readControlPlane(new Kubectl(member.target, member.run))).rejects.toThrow(
        'is not a Karmada API server',
      );
    });
  });

  holdScenarios(() => lab);
  capacityScenarios(() => lab);
  lossScenarios(() => lab);

  async function namespaceIn(cluster: string): Promise<boolean> {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: lab.namespace } };
    return (await lab.getIn(cluster, namespace)) !== undefined;
  }
}
