import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApplyResult, type ApplyRunOptions, apply } from '../../src/apply/apply';
import { Kubectl } from '../../src/apply/kubectl';
import { releaseOf } from '../../src/apply/release';
import { type RunProgram, runProgram } from '../../src/apply/run-program';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { FakeKarmada, type FakeKarmadaOptions } from '../support/fake-karmada';
import { describeWithKubectl, KubectlHome } from '../support/kubectl-tests';
import { config, deployment, override, propagation } from '../support/workloads';

const members = ['member1', 'member2', 'member3'];
const quick = { timeout: 5, health: true, poll: 0.05, settle: 0.1, grace: 0.3, retryGrace: 0.6 };

let home: KubectlHome;
let karmada: FakeKarmada;
let kubeconfig: string;

async function startKarmada(options?: FakeKarmadaOptions): Promise<void> {
  karmada = new FakeKarmada(options);
  kubeconfig = home.kubeconfig('karmada.config', { 'karmada-apiserver': await karmada.start() });
}

interface ApplyTestOptions extends Partial<Omit<ApplyRunOptions, 'wait'>> {
  readonly wait?: ApplyRunOptions['wait'] | undefined;
  readonly application?: string;
  readonly forceConflicts?: boolean;
  readonly fleet?: readonly string[];
  readonly signal?: AbortSignal;
  readonly run?: RunProgram;
  readonly answer?: boolean;
  readonly isNamed?: boolean;
}

async function applied(objects: readonly KubernetesObject[], options: ApplyTestOptions = {}): Promise<ApplyResult> {
  const {
    application = 'shop',
    forceConflicts = false,
    dryRun = false,
    wait = quick,
    answer = true,
    isNamed = false,
  } = options;
  const manifests = objects.map((object, index) => ({ object, origin: { type: 'memory' as const, index } }));
  const kubectl = new Kubectl({ kubeconfig, context: 'karmada-apiserver' }, options.run ?? runProgram, options.signal);
  return apply(
    kubectl,
    {
      release: releaseOf(manifests, application),
      karmada: defaultKarmadaVersion,
      inventoryNamespace: 'karmada-system',
      forceConflicts,
      isNamed,
      ...(options.fleet && { fleet: options.fleet }),
    },
    { dryRun, ...('wait' in options ? options.wait && { wait: options.wait } : { wait }) },
    { step: () => {}, confirm: async () => answer, rollout: () => {} },
  );
}

/** What an application keeps in the control plane, without what the server counts. */
function state(): unknown[] {
  return karmada.server
    .objects()
    .filter(
      ({ kind, metadata }) =>
        !kind.endsWith('Binding') && kind !== 'Cluster' && metadata?.namespace !== 'karmada-system',
    )
    .map(({ apiVersion, kind, metadata, spec, data }) => ({
      object: `${apiVersion} ${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`,
      spec,
      data,
    }))
    .sort((a, b) => (a.object < b.object ? -1 : 1));
}

function inventory(application = 'shop'): string[] {
  const map = karmada.server.get('ConfigMap', 'karmada-system', `cdk8s-karmada-${application}`);
  return ((map?.['data'] as { objects?: string } | undefined)?.objects ?? '')
    .split('\n')
    .map((line) => line.replace(/ [-\w]+$/, ''));
}

const web = deployment('web', 3);
const settings = config('ConfigMap', 'settings');
const policy = propagation('web', [web, settings], members);
const shop = [web, policy, settings];

describeWithKubectl('apply', () => {
  beforeEach(() => {
    home = new KubectlHome();
  });
  afterEach(async () => {
    await karmada.stop();
    home.remove();
  });

  test('brings everything in an order that makes no first wrong revision, and waits for every member', async () => {
    await startKarmada();
    const tag = override('tag', web, {
      path: '/spec/template/spec/containers/0/image',
      operator: 'replace',
      value: 'nginx:2',
    });
    const result = await applied([...shop, tag]);
    expect(result.outcome).toBe('applied');
    expect(karmada.server.writes()).toEqual([
      'PATCH configmaps/cdk8s-karmada-shop',
      'PATCH configmaps/settings',
      'PATCH overridepolicies/tag',
      'PATCH propagationpolicies/web',
      'PATCH deployments/web',
      'PATCH configmaps/cdk8s-karmada-shop',
    ]);
    expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ member1: 1, member2: 1, member3: 1 });
    expect(result.rollouts.map(({ template, state: how, clusters }) => [template, how, clusters.length])).toEqual([
      ['Deployment/default/web', 'done', 3],
      ['ConfigMap/default/settings', 'done', 3],
    ]);
    expect(inventory()).toEqual([
      'apps/v1 Deployment default web made',
      'policy.karmada.io/v1alpha1 OverridePolicy default tag made',
      'policy.karmada.io/v1alpha1 PropagationPolicy default web made',
      'v1 ConfigMap default settings made',
    ]);
  });

  test('changes nothing when it is run twice', async () => {
    await startKarmada();
    await applied(shop);
    const version = karmada.server.store.version;
    const again = await applied(shop);
    expect(again.outcome).toBe('applied');
    expect(again.applied.map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(karmada.server.store.version).toBe(version);
  });

  test('writes nothing in a dry run, and nothing when the answer is no', async () => {
    await startKarmada();
    expect((await applied(shop, { dryRun: true })).outcome).toBe('planned');
    expect((await applied(shop, { answer: false })).outcome).toBe('declined');
    expect(karmada.server.writes()).toEqual([]);
  });

  test('compares with the one of two results that the UID decides', async () => {
    await startKarmada();
    // An even hash counts up, an odd one down: facts of the divider.
    karmada.server.store.uidOf = () => 'd43fdeeb-d750-4e2b-bee3-64eb94534f4c';
    const two = deployment('web', 2);
    const result = await applied([two, propagation('web', [two], members)]);
    expect(result.preview?.plan.templates[0]?.outcome.kind).toBe('either');
    expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ member2: 1, member3: 1 });
    expect(result.outcome).toBe('applied');
  });

  test('judges what is new together with its namespace and definition once those exist', async () => {
    await startKarmada();
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.org' },
      spec: {
        group: 'example.org',
        names: { plural: 'widgets', kind: 'Widget' },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } };
    const widget = {
      apiVersion: 'example.org/v1',
      kind: 'Widget',
      metadata: { name: 'w', namespace: 'new' },
      spec: { size: 1 },
    };
    const result = await applied([widget, config('ConfigMap', 'c', 'x', 'new'), crd, namespace], { wait: undefined });
    expect(result.outcome).toBe('applied');
    expect(result.preview?.later.map(({ kind }) => kind)).toEqual(['Widget', 'ConfigMap']);
    expect(karmada.server.writes()).toEqual([
      'PATCH configmaps/cdk8s-karmada-shop',
      'PATCH namespaces/new',
      'PATCH customresourcedefinitions/widgets.example.org',
      'PATCH configmaps/c',
      'PATCH widgets/w',
      'PATCH configmaps/cdk8s-karmada-shop',
    ]);
  });

  describe('prunes', () => {
    test('what the manifests no longer have, after everything else runs', async () => {
      await startKarmada();
      await applied(shop);
      const result = await applied([web, propagation('web', [web], members)]);
      expect(result.outcome).toBe('applied');
      expect(result.pruned).toEqual(['ConfigMap/default/settings']);
      expect(karmada.server.get('ConfigMap', 'default', 'settings')).toBeUndefined();
      expect(inventory()).toHaveLength(2);
    });

    test('nothing, when the rollout fails; the apply after it does', async () => {
      await startKarmada();
      await applied(shop);
      const lost = propagation('web', [web], ['nowhere']);
      const failed = await applied([web, lost]);
      expect(failed.outcome).toBe('failed');
      expect(failed.rollouts[0]?.why).toBe('NoClusterFit: 0/3 clusters are available');
      expect(failed.warnings).toEqual([
        {
          template: 'Deployment/default/web',
          reason: 'ScheduleBindingFailed',
          message: '0/3 clusters are available: no cluster matches the affinity.',
        },
      ]);
      expect(karmada.server.get('ConfigMap', 'default', 'settings')).toBeDefined();
      const repaired = await applied([web, propagation('web', [web], members)]);
      expect(repaired.pruned).toEqual(['ConfigMap/default/settings']);
    });

    test('a policy that has another name now, whose templates the new one then takes over', async () => {
      await startKarmada();
      await applied([web, propagation('old', [web], ['member1'])]);
      expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ member1: 3 });
      const result = await applied([web, propagation('new', [web], ['member2'])]);
      expect(result.outcome).toBe('applied');
      expect(result.pruned).toEqual(['PropagationPolicy/default/old']);
      expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ member2: 3 });
    });

    test('nothing that another application has taken, or somebody else made anew', async () => {
      await startKarmada();
      const other = config('ConfigMap', 'other');
      await applied([...shop, other]);
      await applied([settings, propagation('theirs', [settings], members)], { application: 'theirs' });
      karmada.server.remove(other);
      karmada.server.add(other, 'kubectl');
      const result = await applied([web, propagation('web', [web], members)]);
      expect(result.pruned).toEqual([]);
      expect(result.preview?.prune.kept).toEqual([
        { object: 'ConfigMap/default/other', why: 'it was made anew by somebody else' },
        { object: 'ConfigMap/default/settings', why: 'another application has it now' },
      ]);
    });

    test('no namespace that was there before', async () => {
      await startKarmada();
      const mine = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mine' } };
      const before = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'before' } };
      karmada.server.add(before);
      await applied([settings, mine, before], { wait: undefined });
      const result = await applied([settings], { wait: undefined });
      expect(result.pruned).toEqual(['Namespace/mine']);
      expect(result.preview?.prune.kept).toEqual([
        { object: 'Namespace/before', why: 'it was there before, and what others keep in it would go with it' },
      ]);
    });

    test('again what the server did not let go', async () => {
      await startKarmada();
      await applied(shop);
      karmada.deny = (object, operation) =>
        operation === 'delete' && object.kind === 'ConfigMap' ? 'this is protected' : undefined;
      const rest = [web, propagation('web', [web], members)];
      const protectedOne = await applied(rest);
      expect(protectedOne.outcome).toBe('not-pruned');
      expect(protectedOne.why).toContain('this is protected');
      karmada.deny = () => undefined;
      expect((await applied(rest)).pruned).toEqual(['ConfigMap/default/settings']);
    });
  });

  test('an earlier state applied again is the way back', async () => {
    await startKarmada();
    await applied(shop);
    const first = state();
    const canary = deployment('canary', 1);
    await applied([deployment('web', 6, { image: 'nginx:9' }), canary, propagation('web', [web, canary], ['member1'])]);
    expect(state()).not.toEqual(first);
    const back = await applied(shop);
    expect(back.pruned).toEqual(['Deployment/default/canary']);
    expect(state()).toEqual(first);
    expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ member1: 1, member2: 1, member3: 1 });
  });

  describe('fails when', () => {
    test('somebody else owns a field, and says who', async () => {
      await startKarmada();
      await applied(shop);
      const live = karmada.server.get('Deployment', 'default', 'web')!;
      karmada.server.add({ ...live, spec: { ...(live.spec as object), replicas: 9 } }, 'autoscaler');
      const writes = karmada.server.writes();
      const result = await applied(shop);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.problems).toEqual([
        {
          object: 'Deployment/default/web',
          message: 'somebody else owns fields of it',
          conflicts: [{ manager: 'autoscaler', field: '.spec.replicas' }],
        },
      ]);
      expect(karmada.server.writes()).toEqual(writes);
      const forced = await applied(shop, { forceConflicts: true });
      expect(forced.outcome).toBe('applied');
      expect(karmada.server.get('Deployment', 'default', 'web')?.spec).toMatchObject({ replicas: 3 });
    });

    test('a webhook denies an object, before anything is written', async () => {
      await startKarmada();
      karmada.deny = (object) => (object.kind === 'Deployment' ? 'images must be signed' : undefined);
      const result = await applied(shop);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.problems).toEqual([
        {
          object: 'Deployment/default/web',
          message: 'admission webhook denied the request: images must be signed',
          conflicts: [],
        },
      ]);
      expect(karmada.server.writes()).toEqual([]);
    });

    test('Karmada would refuse an object, without asking it', async () => {
      await startKarmada();
      const broken = {
        ...policy,
        spec: {
          ...(policy.spec as object),
          placement: { clusterAffinity: {}, clusterAffinities: [{ affinityName: 'a' }] },
        },
      };
      const result = await applied([web, broken]);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.refused.map(({ object }) => object)).toEqual(['PropagationPolicy/default/web']);
      expect(karmada.server.requests.every(({ method }) => method === 'GET')).toBe(true);
    });

    test('a patch of an override does not fit, before anything is written', async () => {
      await startKarmada();
      const bad = override('bad', web, { path: '/spec/nothing/here', operator: 'replace', value: 1 }, ['member2']);
      const result = await applied([...shop, bad]);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.failures.map(({ template, cluster }) => [template, cluster])).toEqual([
        ['Deployment/default/web', 'member2'],
      ]);
      expect(karmada.server.writes()).toEqual([]);
    });

    test('a member has an object of that name already', async () => {
      await startKarmada({ inMembers: ['member1 ConfigMap/default/settings'] });
      const result = await applied(shop);
      expect(result.outcome).toBe('failed');
      expect(result.rollouts.find(({ template }) => template === 'ConfigMap/default/settings')?.why).toMatch(
        /^member1: Failed to apply all manifests .* already exists in the cluster member1/,
      );
    });

    test('pods do not become ready in time; that they are applied is enough without health', async () => {
      await startKarmada({ healthy: false });
      const result = await applied(shop, { wait: { ...quick, timeout: 0.6 } });
      expect(result.outcome).toBe('timeout');
      expect(result.rollouts[0]?.why).toBe('member1: not healthy, 0 ready');
      expect((await applied(shop, { wait: { ...quick, health: false } })).outcome).toBe('applied');
    });

    test('a member of the fleet has not joined, before anything is written', async () => {
      await startKarmada();
      await expect(applied(shop, { fleet: [...members, 'member4'] })).rejects.toThrow(
        'the control plane lacks members of the fleet: member4; it has member1, member2, member3',
      );
      expect(karmada.server.writes()).toEqual([]);
    });

    test('nothing of what the application had is there, under a name that nobody chose', async () => {
      await startKarmada();
      await applied(shop);
      const other = [config('ConfigMap', 'unrelated')];
      await expect(applied(other)).rejects.toThrow(
        'nothing that the application shop has in the control plane is among these manifests',
      );
      expect((await applied(other, { isNamed: true, wait: undefined })).pruned).toHaveLength(3);
    });
  });

  test('goes on where an apply was interrupted, whichever write that was', async () => {
    await startKarmada();
    const less = [web, propagation('web', [web], members)];
    await applied(shop);
    await applied(less);
    const wanted = state();
    // Inventory, policies, workloads, delete, inventory.
    for (const [write, delay] of [
      [1, 0],
      [2, 40],
      [3, 0],
      [4, 60],
      [5, 0],
    ] as const) {
      await applied(shop);
      const controller = new AbortController();
      let writes = 0;
      const interrupted = await applied(less, {
        signal: controller.signal,
        run: (call) => {
          const isWrite = /^(apply|delete)$/.test(call.args[4] ?? '') && !call.args.includes('--dry-run=server');
          if (isWrite && ++writes === write) setTimeout(() => controller.abort(), delay);
          return runProgram(call);
        },
      });
      expect(['interrupted', 'applied']).toContain(interrupted.outcome);
      expect((await applied(less)).outcome).toBe('applied');
      expect(state()).toEqual(wanted);
    }
  });

  test('outlasts a moment without network while it waits', async () => {
    await startKarmada();
    let looks = 0;
    const result = await applied(shop, {
      run: (call) => {
        const isLook = call.args.some((argument) => argument.startsWith('resourcebindings.'));
        if (!isLook || ++looks > 2) return runProgram(call);
        return Promise.resolve({ exitCode: 1, stdout: '', stderr: 'Unable to connect to the server: i/o timeout\n' });
      },
    });
    expect(result.outcome).toBe('applied');
  });

  test('hides the values of Secrets in the diff and in what the server says', async () => {
    await startKarmada();
    const secret = config('Secret', 'token', 'correct horse battery');
    karmada.deny = (object) =>
      object.kind === 'Secret'
        ? `no ${(object as unknown as { stringData: { value: string } }).stringData.value} here`
        : undefined;
    const denied = await applied([secret], { wait: undefined });
    expect(denied.preview?.problems[0]?.message).toBe('admission webhook denied the request: no *** here');
    karmada.deny = () => undefined;
    const result = await applied([secret], { wait: undefined });
    expect(JSON.stringify(result.preview?.diff)).not.toContain('correct horse');
  });
});
