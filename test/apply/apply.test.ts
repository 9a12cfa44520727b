import { describe, expect, test } from 'vitest';
import { type ApplyResult, apply } from '../../src/apply/apply';
import { Kubectl } from '../../src/apply/kubectl';
import type { ApplyRequest } from '../../src/apply/preview';
import { refusedObjects, releaseOf } from '../../src/apply/release';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import type { RunProgram } from '../../src/process/run-program';
import { planText } from '../../src/report';
import { FakeKarmada, type FakeKarmadaOptions, recordedMembers as members } from '../support/fake-karmada';
import { standInKubectl } from '../support/kubectl-stand-in';
import { recordedPlacement } from '../support/recorded-bindings';
import { config, deployment, override, propagation } from '../support/workloads';

/** A Deployment of 3, 1 and 0 replicas, with the same weight in every member: 1, 1 and 1 of 3. */
const evenly = recordedPlacement('live-0005');
const patient = { timeout: 300, health: true };

let karmada: FakeKarmada;

/** A policy whose placement was recorded. */
function spread(name: string, objects: readonly KubernetesObject[], { placement } = evenly): KubernetesObject {
  const policy = propagation(name, objects, members);
  return { ...policy, spec: { ...(policy.spec as object), placement } };
}

function startKarmada(options?: FakeKarmadaOptions): void {
  karmada = new FakeKarmada({ recorded: { web: evenly }, ...options });
}

interface ApplyTestOptions extends Partial<Pick<ApplyRequest, 'dryRun' | 'fleet' | 'forceConflicts'>> {
  readonly wait?: ApplyRequest['wait'] | undefined;
  readonly application?: string | undefined;
  readonly signal?: AbortSignal;
  readonly run?: RunProgram;
  readonly answer?: boolean;
}

async function applied(objects: readonly KubernetesObject[], options: ApplyTestOptions = {}): Promise<ApplyResult> {
  const { forceConflicts = false, dryRun = false, answer = true } = options;
  const application = 'application' in options ? options.application : 'shop';
  const wait = { ...patient, clock: karmada.clock };
  const manifests = objects.map((object, index) => ({ object, origin: { type: 'memory' as const, index } }));
  const run = options.run ?? standInKubectl(() => karmada.server);
  const kubectl = new Kubectl({ kubeconfig: 'karmada.config', context: 'karmada-apiserver' }, run, options.signal);
  return apply(
    kubectl,
    {
      release: releaseOf(manifests, application),
      karmada: defaultKarmadaVersion,
      inventoryNamespace: 'karmada-system',
      forceConflicts,
      ...(options.fleet && { fleet: options.fleet }),
      dryRun,
      ...('wait' in options ? options.wait && { wait: { ...wait, ...options.wait } } : { wait }),
    },
    { step: () => {}, confirm: async () => answer, written: () => {}, rollout: () => {} },
  );
}

/** What an application keeps in the control plane, without what the server counts. */
function state() {
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
  return ((map?.['data'] as { objects?: string } | undefined)?.objects ?? '').split('\n');
}

const web = deployment('web', 3);
const settings = config('ConfigMap', 'settings');
const policy = spread('web', [web, settings]);
const shop = [web, policy, settings];
const oneInEach = Object.fromEntries(members.map((name) => [name, 1]));

describe('apply', () => {
  test('brings everything in an order that makes no first wrong revision, and waits for every member', async () => {
    startKarmada();
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
    expect(karmada.placement('Deployment', 'default', 'web')).toEqual(oneInEach);
    expect(result.rollouts.map(({ template, state: how, clusters }) => [template, how, clusters.length])).toEqual([
      ['Deployment/default/web', 'done', 3],
      ['ConfigMap/default/settings', 'done', 3],
    ]);
    expect(inventory()).toEqual([
      'apps/v1 Deployment default web',
      'policy.karmada.io/v1alpha1 OverridePolicy default tag',
      'policy.karmada.io/v1alpha1 PropagationPolicy default web',
      'v1 ConfigMap default settings',
    ]);
  });

  test('changes nothing when it is run twice', async () => {
    startKarmada();
    await applied(shop);
    const version = karmada.server.store.version;
    const again = await applied(shop);
    expect(again.outcome).toBe('applied');
    expect(again.applied.map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(karmada.server.store.version).toBe(version);
  });

  test('writes nothing in a dry run, and nothing when the answer is no', async () => {
    startKarmada();
    expect((await applied(shop, { dryRun: true })).outcome).toBe('planned');
    expect((await applied(shop, { answer: false })).outcome).toBe('declined');
    expect(karmada.server.writes()).toEqual([]);
  });

  test('compares with the one of two results that the UID decides', async () => {
    const unevenly = recordedPlacement('live-0001');
    startKarmada({ recorded: { web: unevenly } });
    const two = deployment('web', 2);
    const result = await applied([two, spread('web', [two], unevenly)]);
    expect(result.preview?.plan.templates[0]?.outcome.kind).toBe('either');
    expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ 'k3d-cluster-2': 1, 'k3d-cluster-3': 1 });
    expect(result.outcome).toBe('applied');
  });

  test('judges what is new together with its namespace and definition once those exist', async () => {
    startKarmada();
    const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.org' },
      spec: {
        group: 'example.org',
        names: { plural: 'widgets', kind: 'Widget' },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: anything } }],
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
      startKarmada();
      await applied(shop);
      const result = await applied([web, spread('web', [web])]);
      expect(result.outcome).toBe('applied');
      expect(result.pruned).toEqual(['ConfigMap/default/settings']);
      expect(karmada.server.get('ConfigMap', 'default', 'settings')).toBeUndefined();
      expect(inventory()).toHaveLength(2);
    });

    test('nothing, when the rollout fails; the apply after it does', async () => {
      startKarmada();
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
      const repaired = await applied([web, spread('web', [web])]);
      expect(repaired.pruned).toEqual(['ConfigMap/default/settings']);
    });

    test('a policy that has another name now, whose templates the new one then takes over', async () => {
      startKarmada({ recorded: {} });
      const six = deployment('web', 6);
      const [first, second] = [recordedPlacement('scenario-06', 0), recordedPlacement('scenario-06', 1)];
      await applied([six, spread('old', [six], first)]);
      expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ 'k3d-cluster-1': 6 });
      const result = await applied([six, spread('new', [six], second)]);
      expect(result.outcome).toBe('applied');
      expect(result.pruned).toEqual(['PropagationPolicy/default/old']);
      expect(karmada.placement('Deployment', 'default', 'web')).toEqual({ 'k3d-cluster-2': 6 });
    });

    test('nothing that another application applies, or that another manager recreated', async () => {
      startKarmada();
      const other = config('ConfigMap', 'other');
      await applied([...shop, other]);
      await applied([settings, spread('theirs', [settings])], { application: 'theirs' });
      karmada.server.remove(other);
      karmada.server.add(other, 'kubectl-create');
      const result = await applied([web, spread('web', [web])]);
      expect(result.pruned).toEqual([]);
      expect(result.preview?.prune.kept).toEqual([
        { object: 'ConfigMap/default/other', why: 'kubectl-create created it or applies it too' },
        { object: 'ConfigMap/default/settings', why: 'another application applies it now' },
      ]);
    });

    test('no namespace that was there before', async () => {
      startKarmada();
      const mine = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mine' } };
      const before = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'before' } };
      const label = { 'kubernetes.io/metadata.name': 'before' };
      karmada.server.add({ ...before, metadata: { name: 'before', labels: label } }, 'kubectl-create');
      await applied([settings, mine, before], { wait: undefined });
      const result = await applied([settings], { wait: undefined });
      expect(result.pruned).toEqual(['Namespace/mine']);
      expect(result.preview?.prune.kept).toEqual([
        { object: 'Namespace/before', why: 'kubectl-create created it or applies it too' },
      ]);
    });

    test('again what the server did not let go', async () => {
      startKarmada();
      await applied(shop);
      karmada.deny = (object, operation) =>
        operation === 'delete' && object.kind === 'ConfigMap' ? 'this is protected' : undefined;
      const rest = [web, spread('web', [web])];
      const protectedOne = await applied(rest);
      expect(protectedOne.outcome).toBe('not-pruned');
      expect(protectedOne.why).toContain('this is protected');
      karmada.deny = () => undefined;
      expect((await applied(rest)).pruned).toEqual(['ConfigMap/default/settings']);
    });
  });

  test('an earlier state applied again is the way back', async () => {
    startKarmada();
    await applied(shop);
    const first = state();
    const inOne = recordedPlacement('live-0027');
    const canary = deployment('canary', 100);
    await applied([deployment('web', 101, { image: 'nginx:9' }), canary, spread('web', [web, canary], inOne)]);
    expect(state()).not.toEqual(first);
    const back = await applied(shop);
    expect(back.pruned).toEqual(['Deployment/default/canary']);
    expect(state()).toEqual(first);
    expect(karmada.placement('Deployment', 'default', 'web')).toEqual(oneInEach);
  });

  describe('fails when', () => {
    test('another manager owns a field, and names it', async () => {
      startKarmada();
      await applied(shop);
      const live = karmada.server.get('Deployment', 'default', 'web')!;
      karmada.server.add({ ...live, spec: { ...(live.spec as object), replicas: 9 } }, 'autoscaler');
      const writes = karmada.server.writes();
      const result = await applied(shop);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.problems).toEqual([
        {
          object: 'Deployment/default/web',
          code: 'apply.conflict',
          message: 'another manager owns fields of this object',
          fix: 'remove these fields from the manifest, or take them over with --force-conflicts',
          conflicts: [{ manager: 'autoscaler', field: '.spec.replicas' }],
        },
      ]);
      expect(karmada.server.writes()).toEqual(writes);
      const forced = await applied(shop, { forceConflicts: true });
      expect(forced.outcome).toBe('applied');
      expect(karmada.server.get('Deployment', 'default', 'web')?.spec).toMatchObject({ replicas: 3 });
    });

    test('a webhook denies an object, before anything is written', async () => {
      startKarmada();
      karmada.deny = (object) => (object.kind === 'Deployment' ? 'images must be signed' : undefined);
      const result = await applied(shop);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.problems).toEqual([
        {
          object: 'Deployment/default/web',
          code: 'apply.refused',
          message: 'admission webhook denied the request: images must be signed',
          fix: 'correct the object and apply again',
          conflicts: [],
        },
      ]);
      expect(karmada.server.writes()).toEqual([]);
    });

    test('Karmada would refuse an object, without asking it', async () => {
      startKarmada();
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

    test('only the webhook knows whether it allows NoExecute taints', () => {
      const evicting = {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'ClusterTaintPolicy',
        metadata: { name: 'not-ready' },
        spec: { taints: [{ key: 'not-ready', effect: 'NoExecute' }] },
      };
      const release = releaseOf([{ object: evicting, origin: { type: 'memory', index: 0 } }], 'shop');
      expect(refusedObjects(release, defaultKarmadaVersion)).toEqual([]);
    });

    test('a patch of an override does not fit, before anything is written', async () => {
      startKarmada();
      const bad = override('bad', web, { path: '/spec/nothing/here', operator: 'replace', value: 1 }, [
        'k3d-cluster-2',
      ]);
      const result = await applied([...shop, bad]);
      expect(result.outcome).toBe('refused');
      expect(result.preview?.failures.map(({ template, cluster }) => [template, cluster])).toEqual([
        ['Deployment/default/web', 'k3d-cluster-2'],
      ]);
      expect(karmada.server.writes()).toEqual([]);
    });

    test('a member has an object of that name already', async () => {
      startKarmada({ inMembers: ['k3d-cluster-1 ConfigMap/default/settings'] });
      const result = await applied(shop);
      expect(result.outcome).toBe('failed');
      expect(result.rollouts.find(({ template }) => template === 'ConfigMap/default/settings')?.why).toMatch(
        /^k3d-cluster-1: Failed to apply all manifests .* already exists in the cluster k3d-cluster-1/,
      );
    });

    test('pods do not become ready in time; that they are applied is enough without health', async () => {
      startKarmada({ healthy: false });
      const result = await applied(shop, { wait: { ...patient, timeout: 20 } });
      expect(result.outcome).toBe('timeout');
      expect(result.rollouts[0]?.why).toBe('k3d-cluster-1: not healthy, 0 ready');
      expect((await applied(shop, { wait: { ...patient, health: false } })).outcome).toBe('applied');
    });

    test('the server dies after the first write, and the fix says how to continue', async () => {
      startKarmada();
      const kubectl = standInKubectl(() => karmada.server);
      let writes = 0;
      const dying: RunProgram = (call) => {
        const isWrite = call.args.includes('apply') && !call.args.includes('--dry-run=server');
        if (!isWrite || ++writes < 3) return kubectl(call);
        return Promise.resolve({ exitCode: 1, stdout: '', stderr: 'Unable to connect to the server: EOF\n' });
      };
      await expect(applied(shop, { run: dying })).rejects.toMatchObject({
        code: 'cli.environment',
        fix: expect.stringMatching(/; then run the same apply again, which continues$/),
      });
      expect(inventory()).toHaveLength(shop.length);
      expect((await applied(shop)).outcome).toBe('applied');
    });

    test('a member of the fleet has not joined, before anything is written', async () => {
      startKarmada();
      await expect(applied(shop, { fleet: [...members, 'k3d-cluster-4'] })).rejects.toThrow(
        'the control plane lacks members of the fleet: k3d-cluster-4; it has k3d-cluster-1, k3d-cluster-2, k3d-cluster-3',
      );
      expect(karmada.server.writes()).toEqual([]);
    });
  });

  test('without a name nothing is remembered, and nothing is pruned', async () => {
    startKarmada();
    await applied(shop, { application: undefined });
    const result = await applied([web, spread('web', [web])], { application: undefined });
    expect(result.outcome).toBe('applied');
    expect(result.pruned).toEqual([]);
    expect(inventory()).toEqual(['']);
    // A name that is given later knows what is applied under it.
    await applied(shop);
    expect((await applied([web, spread('web', [web])])).pruned).toEqual(['ConfigMap/default/settings']);
  });

  test('says of objects that others made that they are applied now, and does not prune them', async () => {
    startKarmada();
    karmada.server.add(settings, 'helm');
    await applied([config('ConfigMap', 'other')], { application: 'theirs', wait: undefined });
    const first = await applied([...shop, config('ConfigMap', 'other')], { wait: undefined });
    expect(first.preview?.adopted).toEqual([
      { object: 'ConfigMap/default/settings', why: 'helm created it' },
      { object: 'ConfigMap/default/other', why: 'the application theirs created it' },
    ]);
    const second = await applied([web, policy], { wait: undefined });
    expect(second.preview?.adopted).toEqual([]);
    expect(second.pruned).toEqual([]);
    expect(second.preview?.prune.kept.map(({ object }) => object).sort()).toEqual([
      'ConfigMap/default/other',
      'ConfigMap/default/settings',
    ]);
  });

  test('says nothing about what other applications have', async () => {
    startKarmada();
    const other = config('ConfigMap', 'other');
    await applied([other, spread('theirs', [other])], { application: 'theirs' });
    const { preview } = await applied(shop);
    expect(planText(preview!.plan)).not.toContain('other');
  });

  test('goes on where an apply was interrupted, whichever answer of the server that was', async () => {
    const less = [web, spread('web', [web])];
    let end = Number.POSITIVE_INFINITY;
    for (let last = 1; last <= end; last++) {
      startKarmada();
      await applied(shop);
      const controller = new AbortController();
      let answers = 0;
      karmada.server.hooks.answered = () => {
        if (++answers === last) controller.abort();
      };
      const { outcome } = await applied(less, { signal: controller.signal });
      karmada.server.hooks.answered = () => {};
      // The very last answer comes too late to interrupt anything.
      if (outcome === 'applied') end = last;
      else expect(outcome).toBe('interrupted');
      expect((await applied(less)).outcome).toBe('applied');
      expect(state().map(({ object }) => object)).toEqual([
        'apps/v1 Deployment default/web',
        'policy.karmada.io/v1alpha1 PropagationPolicy default/web',
        'v1 Namespace /default',
        'v1 Namespace /karmada-system',
      ]);
      expect(inventory()).toHaveLength(2);
    }
    expect(end).toBeGreaterThan(20);
  });

  test('outlasts a moment without network while it waits', async () => {
    startKarmada();
    const kubectl = standInKubectl(() => karmada.server);
    let looks = 0;
    const result = await applied(shop, {
      run: (call) => {
        const isLook = call.args.some((argument) => argument.startsWith('resourcebindings.'));
        if (!isLook || ++looks > 2) return kubectl(call);
        return Promise.resolve({ exitCode: 1, stdout: '', stderr: 'Unable to connect to the server: i/o timeout\n' });
      },
    });
    expect(result.outcome).toBe('applied');
  });

  test('hides the values of Secrets in the diff and in what the server says', async () => {
    startKarmada();
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
