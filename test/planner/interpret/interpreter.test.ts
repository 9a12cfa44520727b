import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { ControlPlaneState } from '../../../src/planner/control-plane-state/control-plane-state';
import { Interpreter, isWorkload } from '../../../src/planner/interpret/interpreter';

// Expectations: facts.md C.8, D.1 and D.2; Karmada v1.18.2 pkg/resourceinterpreter.
const interpreter = new Interpreter();
const requests = { resources: { requests: { cpu: '100m', memory: '128Mi' } } };

function object(apiVersion: string, kind: string, spec: unknown, metadata = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'shop', ...metadata }, spec };
}

function podTemplate(spec: Record<string, unknown> = {}): unknown {
  return { spec: { containers: [{ name: 'c', image: 'i' }], ...spec } };
}

describe('replicas', () => {
  test.each<[string, KubernetesObject, number]>([
    ['Deployment', object('apps/v1', 'Deployment', { replicas: 3 }), 3],
    ['Deployment before the API server has seen it', object('apps/v1', 'Deployment', {}), 0],
    ['StatefulSet', object('apps/v1', 'StatefulSet', { replicas: 2 }), 2],
    ['ReplicaSet', object('apps/v1', 'ReplicaSet', { replicas: 0 }), 0],
    ['Job', object('batch/v1', 'Job', { parallelism: 5 }), 5],
    ['Job with fewer completions than parallelism', object('batch/v1', 'Job', { parallelism: 5, completions: 2 }), 2],
    ['Job with completions alone', object('batch/v1', 'Job', { completions: 2 }), 0],
    ['Pod', object('v1', 'Pod', {}), 1],
    ['DaemonSet', object('apps/v1', 'DaemonSet', { replicas: 4 }), 0],
    ['CronJob', object('batch/v1', 'CronJob', {}), 0],
    ['ConfigMap', object('v1', 'ConfigMap', undefined), 0],
    ['Deployment of a version that Karmada does not know', object('apps/v1beta1', 'Deployment', { replicas: 3 }), 0],
    ['OpenKruise CloneSet', object('apps.kruise.io/v1alpha1', 'CloneSet', { replicas: 4, template: podTemplate() }), 4],
    ['OpenKruise BroadcastJob', object('apps.kruise.io/v1alpha1', 'BroadcastJob', { template: podTemplate() }), 1],
    ['OpenKruise SidecarSet', object('apps.kruise.io/v1alpha1', 'SidecarSet', {}), 0],
    ['Argo Workflow', object('argoproj.io/v1alpha1', 'Workflow', { parallelism: 7 }), 7],
    ['Kubeflow Notebook', object('kubeflow.org/v1', 'Notebook', { template: podTemplate() }), 1],
    [
      'RayService: head and workers',
      object('ray.io/v1', 'RayService', {
        rayClusterConfig: {
          headGroupSpec: { template: podTemplate() },
          workerGroupSpecs: [{ replicas: 2 }, { replicas: 3 }],
        },
      }),
      6,
    ],
    [
      'FlinkDeployment: task managers by parallelism and slots',
      object('flink.apache.org/v1beta1', 'FlinkDeployment', {
        job: { parallelism: 5 },
        flinkConfiguration: { 'taskmanager.numberOfTaskSlots': '2' },
      }),
      4,
    ],
  ])('%s', (_, template, replicas) => {
    expect(interpreter.replicasOf(template)).toMatchObject({ kind: 'stated', replicas });
  });

  test('the stored defaults of the API server count', () => {
    const federation = ControlPlaneState.ofObjects([
      object('apps/v1', 'Deployment', {}),
      object('batch/v1', 'Job', {}),
    ]);
    const [deployment, job] = federation.templates.map((template) => template.object);
    expect(interpreter.replicasOf(deployment!)).toMatchObject({ replicas: 1 });
    expect(job?.spec).toEqual({ parallelism: 1, completions: 1 });
  });

  test('what Karmada fails to read is said to be decided at run time, with the reason', () => {
    expect(interpreter.replicasOf(object('apps/v1', 'Deployment', { replicas: '3' }))).toEqual({
      kind: 'notStated',
      why: 'Karmada fails to read its replicas: spec.replicas is "3", which is not a whole number',
    });
    expect(interpreter.replicasOf(object('apps.kruise.io/v1alpha1', 'CloneSet', { replicas: 1 }))).toEqual({
      kind: 'notStated',
      why: 'Karmada fails to read its replicas: it has no pod template',
    });
  });
});

describe('replica requirements', () => {
  function requirementsOf(podSpec: Record<string, unknown>) {
    const interpretation = interpreter.replicasOf(
      object('apps/v1', 'Deployment', { replicas: 0, template: podTemplate(podSpec) }),
    );
    return interpretation.kind === 'stated' ? interpretation.requirements : interpretation.why;
  }

  test('a pod spec that asks for nothing has none, so that 0 replicas are no workload', () => {
    expect(requirementsOf({})).toBeUndefined();
    expect(requirementsOf({ nodeSelector: {}, tolerations: [] })).toBeUndefined();
    expect(isWorkload({ replicas: 0 })).toBe(false);
    expect(isWorkload({ replicas: 0, requirements: {} })).toBe(true);
  });

  test('requests of containers add up, limits stand in, the largest init container counts, overhead comes on top', () => {
    expect(
      requirementsOf({
        containers: [{ ...requests }, { resources: { limits: { cpu: '1', 'nvidia.com/gpu': 1 } } }],
        initContainers: [{ resources: { requests: { cpu: '0.5', memory: '1Gi' } } }],
        overhead: { memory: '1Ki' },
      }),
    ).toEqual({ resourceRequest: { cpu: '1100m', memory: '1048577Ki', 'nvidia.com/gpu': '1' } });
  });

  test('node selector, required node affinity and tolerations make the node claim', () => {
    const required = { nodeSelectorTerms: [] };
    expect(
      requirementsOf({
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists' }],
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required }, podAffinity: {} },
      }),
    ).toEqual({
      nodeClaim: { hardNodeAffinity: required, nodeSelector: { disk: 'ssd' }, tolerations: [{ operator: 'Exists' }] },
    });
  });

  test('fails when an amount is malformed', () => {
    expect(requirementsOf({ containers: [{ resources: { requests: { cpu: 'a lot' } } }] })).toBe(
      'Karmada fails to read its replicas: "a lot" is not an amount of cpu',
    );
  });
});

describe('dependencies', () => {
  function referencesOf(template: KubernetesObject): string[] {
    const found = interpreter.dependenciesOf(template);
    return found.kind === 'stated' ? found.references.map(({ kind, name }) => `${kind}/${name}`).sort() : [found.why];
  }

  test('everything that a pod spec refers to, each once', () => {
    const ref = (name: string) => ({ secretRef: { name } });
    const template = podTemplate({
      imagePullSecrets: [{ name: 's-pull' }],
      serviceAccountName: 'account',
      initContainers: [{ envFrom: [{ configMapRef: { name: 'c-init' } }] }],
      containers: [
        {
          envFrom: [ref('s-env-from')],
          env: [
            { valueFrom: { configMapKeyRef: { name: 'c-key' } } },
            { valueFrom: { secretKeyRef: { name: 's-key' } } },
            { valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          ],
        },
      ],
      ephemeralContainers: [{ envFrom: [{ configMapRef: { name: 'c-debug' } }] }],
      volumes: [
        { configMap: { name: 'c-volume' } },
        { secret: { secretName: 's-volume' } },
        { projected: { sources: [{ configMap: { name: 'c-volume' } }, { secret: { name: 's-projected' } }] } },
        { persistentVolumeClaim: { claimName: 'claim' } },
        { azureFile: { secretName: 's-azure' } },
        { cephfs: ref('s-ceph') },
        { cinder: ref('s-cinder') },
        { flexVolume: ref('s-flex') },
        { rbd: ref('s-rbd') },
        { scaleIO: ref('s-scale') },
        { iscsi: ref('s-iscsi') },
        { storageos: ref('s-os') },
        { csi: { nodePublishSecretRef: { name: 's-csi' } } },
        { emptyDir: {} },
      ],
    });
    expect(referencesOf(object('apps/v1', 'DaemonSet', { template }))).toEqual([
      ...['c-debug', 'c-init', 'c-key', 'c-volume'].map((name) => `ConfigMap/${name}`),
      'PersistentVolumeClaim/claim',
      ...[
        'azure',
        'ceph',
        'cinder',
        'csi',
        'env-from',
        'flex',
        'iscsi',
        'key',
        'os',
        'projected',
        'pull',
        'rbd',
        'scale',
        'volume',
      ].map((name) => `Secret/s-${name}`),
      'ServiceAccount/account',
    ]);
  });

  test('the default ServiceAccount and Services are not followed', () => {
    const template = podTemplate({ serviceAccountName: 'default' });
    expect(referencesOf(object('apps/v1', 'Deployment', { template }))).toEqual([]);
    expect(referencesOf(object('apps/v1', 'StatefulSet', { serviceName: 'db', template }))).toEqual([]);
  });

  test('claims that a StatefulSet makes itself are left out', () => {
    const volumes = ['own', 'other'].map((claimName) => ({ persistentVolumeClaim: { claimName } }));
    const spec = { template: podTemplate({ volumes }), volumeClaimTemplates: [{ metadata: { name: 'own' } }] };
    expect(referencesOf(object('apps/v1', 'StatefulSet', spec))).toEqual(['PersistentVolumeClaim/other']);
  });

  test.each<[string, KubernetesObject, string[]]>([
    [
      'CronJob',
      object('batch/v1', 'CronJob', {
        jobTemplate: { spec: { template: podTemplate({ imagePullSecrets: [{ name: 's' }] }) } },
      }),
      ['Secret/s'],
    ],
    ['Ingress', object('networking.k8s.io/v1', 'Ingress', { tls: [{ secretName: 's' }, {}] }), ['Secret/s']],
    [
      'ServiceImport',
      object('multicluster.x-k8s.io/v1alpha1', 'ServiceImport', {}),
      ['EndpointSlice/undefined', 'Service/derived-x'],
    ],
    [
      'Argo Workflow',
      object('argoproj.io/v1alpha1', 'Workflow', {
        executor: { serviceAccountName: 'e' },
        serviceAccountName: 'w',
        volumeClaimTemplates: [{ metadata: { name: 'p' } }],
        volumes: [{ secret: { secretName: 'ignored' } }, { configMap: { name: 'c' } }],
      }),
      ['ConfigMap/c', 'PersistentVolumeClaim/p', 'ServiceAccount/e', 'ServiceAccount/w'],
    ],
    [
      'Flux HelmRelease',
      object('helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease', {
        valuesFrom: [
          { kind: 'ConfigMap', name: 'c' },
          { kind: 'Secret', name: 's' },
        ],
        serviceAccountName: 'a',
      }),
      ['ConfigMap/c', 'Secret/s', 'ServiceAccount/a'],
    ],
    [
      'Flux Kustomization',
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
        decryption: { secretRef: { name: 's' } },
        serviceAccountName: 'a',
      }),
      ['Secret/s', 'ServiceAccount/a'],
    ],
    [
      'TFJob',
      object('kubeflow.org/v1', 'TFJob', {
        tfReplicaSpecs: { Worker: { template: podTemplate({ serviceAccountName: 'w' }) } },
      }),
      ['ServiceAccount/w'],
    ],
    [
      'RayJob',
      object('ray.io/v1', 'RayJob', {
        rayClusterSpec: {
          headGroupSpec: { template: podTemplate({ serviceAccountName: 'h' }) },
          workerGroupSpecs: [{ template: podTemplate({ serviceAccountName: 'w' }) }],
        },
        submitterPodTemplate: podTemplate({ serviceAccountName: 's' }),
      }),
      ['ServiceAccount/h', 'ServiceAccount/s', 'ServiceAccount/w'],
    ],
    [
      'HorizontalPodAutoscaler',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: { name: 'x' } }),
      [],
    ],
  ])('%s', (_, template, references) => {
    expect(referencesOf(template)).toEqual(references);
  });
});

describe('customizations', () => {
  const widget = object('example.com/v1', 'Widget', { size: 4, pods: podTemplate({ containers: [requests] }) });

  function customized(
    customizations: Record<string, string>,
    target = { apiVersion: 'example.com/v1', kind: 'Widget' },
  ) {
    const scripts = Object.entries(customizations).map(([operation, luaScript]) => [operation, { luaScript }]);
    const customization = {
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterCustomization',
      metadata: { name: 'widgets' },
      spec: { target, customizations: Object.fromEntries(scripts) },
    };
    return new Interpreter(ControlPlaneState.ofObjects([customization]));
  }

  test.each<[string, string, unknown]>([
    ['a field', 'function GetReplicas(obj) return obj.spec.size, nil end', { replicas: 4 }],
    ['one value alone', 'function GetReplicas(obj)\n  return obj.spec.size\nend', { replicas: 4 }],
    ['a constant', 'function GetReplicas(obj) return 2, nil end', { replicas: 2 }],
    ['a default by or', 'function GetReplicas(obj) return obj.spec.count or 1, nil end', { replicas: 1 }],
    [
      'a default by if',
      'function GetReplicas(obj)\n local n = 1\n if obj.spec.size ~= nil then n = obj.spec.size end\n return n, nil\nend',
      { replicas: 4 },
    ],
    ['a sum', 'function GetReplicas(obj) return obj.spec.size + 1, nil end', { replicas: 5 }],
    [
      'requirements from the kube library',
      'local kube = require("kube")\nfunction GetReplicas(obj)\n  replica = obj.spec.size\n  requirement = kube.accuratePodRequirements(obj.spec.pods)\n  return replica, requirement\nend',
      { replicas: 4, requirements: { resourceRequest: { cpu: '100m', memory: '128Mi' } } },
    ],
    [
      'a node claim written out',
      'function GetReplicas(obj) local r = { nodeClaim = {} } r.nodeClaim.nodeSelector = obj.spec.pods.spec.nodeSelector return 3, r end',
      { replicas: 3, requirements: { nodeClaim: {} } },
    ],
  ])('a script that states %s is read', (_, script, expected) => {
    expect(customized({ replicaResource: script }).replicasOf(widget)).toEqual({
      kind: 'stated',
      ...(expected as object),
    });
  });

  test.each<[string, string, string]>([
    [
      'loops on a condition',
      'function GetReplicas(obj) local n = 0 while n < 3 do n = n + 1 end return n end',
      'it holds a WhileStatement',
    ],
    [
      'calls what is unknown',
      'function GetReplicas(obj) return os.time(), nil end',
      'it reads time of something absent',
    ],
    [
      'reads a field of nothing',
      'function GetReplicas(obj) return obj.status.size end',
      'it reads size of something absent',
    ],
    ['returns no number', 'function GetReplicas(obj) return obj.spec.nothing end', 'it returns no number'],
    ['has no such function', 'function Other(obj) return 1 end', 'it lacks the function GetReplicas'],
    ['does not parse', 'function GetReplicas(obj', 'its script does not parse'],
    ['begins with a fence', '```lua\nfunction GetReplicas(obj) return 1 end\n```', 'its script does not parse'],
    ...['@', '!', '?', 'é', '“', '\u0000'].map((first): [string, string, string] => [
      `begins with ${JSON.stringify(first)}`,
      `${first} function GetReplicas(obj) return 1 end`,
      'its script does not parse',
    ]),
    [
      'doubles a text',
      `function GetReplicas(obj) local s = "x" ${'s = s..s '.repeat(60)} return 1 end`,
      'it makes a very long text',
    ],
    [
      'is nested deeply',
      `function GetReplicas(obj) return ${'('.repeat(20_000)}1${')'.repeat(20_000)} end`,
      'its script does not parse',
    ],
    [
      'does a lot',
      `function GetReplicas(obj) local s = 1 ${'s=s+s '.repeat(4000)} return s end`,
      'it takes very many steps',
    ],
    ['is very long', `function GetReplicas(obj) return 1 end${' '.repeat(100_000)}`, 'its script is very long'],
    [
      'returns a table that holds itself',
      'function GetReplicas(obj) local t = {} t.self = t return 1, t end',
      'it returns a very large object',
    ],
    [
      'returns a table of tables of tables',
      `function GetReplicas(obj) local t = {a="x"} ${'t = {a=t, b=t} '.repeat(60)} return 1, t end`,
      'it returns a very large object',
    ],
    ['divides by nothing', 'function GetReplicas(obj) return 1/0 end', 'it returns Infinity'],
    ['returns 0/0', 'function GetReplicas(obj) return 0/0 end', 'it returns no number'],
    ['returns less than nothing', 'function GetReplicas(obj) return -3 end', 'it returns -3'],
    [
      'joins a table to a text',
      'function GetReplicas(obj) local s = obj.spec .. "x" return 1 end',
      'it uses something as text that is not text',
    ],
    [
      'prints a table',
      'function GetReplicas(obj) local s = tostring({toString = "x"}) return 1 end',
      'it uses something as text that is not text',
    ],
    [
      'calls what JavaScript has',
      'function GetReplicas(obj) return constructor(obj) end',
      'it calls a function that is not known here',
    ],
    [
      'changes a library',
      'function GetReplicas(obj) math.ceil = nil return 1 end',
      'it assigns a field of something that is not an object',
    ],
  ])('a script that %s is left to run time', (_, script, why) => {
    expect(customized({ replicaResource: script }).replicasOf(widget)).toEqual({
      kind: 'notStated',
      why: `ResourceInterpreterCustomization/widgets decides how many replicas it has (${why})`,
    });
  });

  test('a customization comes before what Karmada knows itself', () => {
    const target = { apiVersion: 'apps/v1', kind: 'Deployment' };
    const own = customized({ replicaResource: 'function GetReplicas(obj) return 9 end' }, target);
    expect(own.replicasOf(object('apps/v1', 'Deployment', { replicas: 1 }))).toMatchObject({ replicas: 9 });
    expect(own.replicasOf(object('apps/v1', 'StatefulSet', { replicas: 1 }))).toMatchObject({ replicas: 1 });
  });

  test('a plain revision script is carried out on a copy', () => {
    const script = 'function ReviseReplica(obj, replica) obj.spec.size = replica return obj end';
    const before = structuredClone(widget);
    const revision = customized({ replicaRevision: script }).revise(widget, 7);
    expect(revision).toMatchObject({ kind: 'stated', object: { spec: { size: 7 } } });
    expect(widget).toEqual(before);
  });

  test('dependencies of a script are those that it returns, in lists made in any way', () => {
    const script = `
      local kube = require("kube")
      local function reference(kind, name, namespace)
        return { apiVersion = "v1", kind = kind, name = name, namespace = namespace }
      end
      function GetDependencies(obj)
        local refs = {}
        local namespace = obj.metadata.namespace
        refs[1] = reference("ConfigMap", "conf", namespace)
        for i, name in ipairs({"a", "b"}) do
          if name ~= "a" then table.insert(refs, reference("Secret", name .. i, namespace)) end
        end
        for i = 1, 3 do
          if i > 1 then break end
          refs[#refs + 1] = reference("ConfigMap", "loop" .. i, namespace)
        end
        local pods = kube.getPodDependencies(obj.spec.template, namespace)
        for _, dep in ipairs(pods) do table.insert(refs, dep) end
        return refs
      end`;
    const template = { spec: { serviceAccountName: 'robot', containers: [] } };
    const it = object('example.com/v1', 'Widget', { template });
    const found = customized({ dependencyInterpretation: script }).dependenciesOf(it);
    const each = (kind: string, name: string) => ({
      apiVersion: 'v1',
      kind,
      name,
      namespace: it.metadata?.namespace ?? '',
    });
    expect(found).toEqual({
      kind: 'stated',
      references: [
        each('ConfigMap', 'conf'),
        each('Secret', 'b2'),
        each('ConfigMap', 'loop1'),
        each('ServiceAccount', 'robot'),
      ],
    });
  });

  test('dependencies by a script that is not evaluated, and anything by webhook, are left to run time', () => {
    const script = 'function GetDependencies(obj) while true do end end';
    expect(customized({ dependencyInterpretation: script }).dependenciesOf(widget)).toEqual({
      kind: 'notStated',
      why: 'ResourceInterpreterCustomization/widgets says what a Widget depends on',
    });
    const rule = {
      operations: ['InterpretReplica'],
      apiGroups: ['example.com'],
      apiVersions: ['*'],
      kinds: ['Widget'],
    };
    const webhook = {
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterWebhookConfiguration',
      metadata: { name: 'hook' },
      webhooks: [{ name: 'a.example.com', rules: [rule] }],
    };
    const hooked = new Interpreter(ControlPlaneState.ofObjects([webhook]));
    expect(hooked.replicasOf(widget)).toEqual({
      kind: 'notStated',
      why: 'ResourceInterpreterWebhookConfiguration/hook decides how many replicas it has (a webhook decides)',
    });
    expect(hooked.revise(widget, 3)).toMatchObject({ kind: 'stated' });
  });
});
