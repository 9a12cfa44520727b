import { expect, test } from 'vitest';
import { objectDiff } from '../../src/apply/object-diff';
import type { KubernetesObject } from '../../src/kubernetes/object';

const policy = { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'PropagationPolicy' };

/** What two server dry runs of Karmada v1.18.2 answered for a new policy, shortened. */
const answers = [
  ['a987cae6-bf80-4b37-892d-751d0ca588b0', '099760dd-9a20-4963-857a-1e1b4f42e58c', '2026-11-29T17:34:09Z'],
  ['5a0f7d52-15d6-4b4c-9d0a-0d6b1a3f2c11', '7f0c3c4e-6f6e-4c55-8f5a-5d1d2b7c9e02', '2026-11-29T17:34:12Z'],
].map(
  ([id = '', uid = '', creationTimestamp = '']): KubernetesObject => ({
    ...policy,
    metadata: {
      creationTimestamp,
      generation: 1,
      labels: { 'propagationpolicy.karmada.io/permanent-id': id, team: 'web' },
      name: 'mine',
      namespace: 'other',
      uid,
    },
    spec: { preemption: 'Never' },
  }),
);

test('the diff of a new object is the same on each run, and shows nothing that the server generates', () => {
  const manifest = { ...policy, metadata: { name: 'mine', namespace: 'other' } };
  const [first, second] = answers.map((answer) => objectDiff([manifest], [], [answer]));
  expect(first).toBe(second);
  expect(first).toBe(`\
--- live/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine
+++ applied/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine
@@ -0,0 +1,9 @@
+apiVersion: policy.karmada.io/v1alpha1
+kind: PropagationPolicy
+metadata:
+  labels:
+    team: web
+  name: mine
+  namespace: other
+spec:
+  preemption: Never
`);
});

const service = (spec: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec,
});

test('addresses and ports that the server allocates are omitted, those of the manifest are shown', () => {
  const ports = [
    { name: 'one', nodePort: 30123, port: 80 },
    { name: 'two', nodePort: 30124, port: 81 },
  ];
  const stored = {
    ...service({ clusterIP: '10.96.0.0', clusterIPs: ['10.96.0.0'], ports, type: 'NodePort' }),
    status: { loadBalancer: {} },
  };
  const manifest = service({ ports: [{ name: 'one', port: 80 }, ports[1]], type: 'NodePort' });
  const shown = objectDiff([manifest], [], [stored]);
  expect(shown).not.toMatch(/clusterIP|30123|loadBalancer/);
  expect(shown).toContain('nodePort: 30124');
  const headless = service({ clusterIP: 'None', clusterIPs: ['None'] });
  expect(objectDiff([service({ clusterIP: 'None' })], [], [headless])).toContain('+  clusterIP: None\n');
});

test('a Job shows no controller-uid', () => {
  const labels = { 'batch.kubernetes.io/controller-uid': '1', 'controller-uid': '1', 'job-name': 'once' };
  const metadata = { name: 'once', namespace: 'default' };
  const manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata };
  const stored = { ...manifest, spec: { selector: { matchLabels: labels }, template: { metadata: { labels } } } };
  const shown = objectDiff([manifest], [], [stored]);
  expect(shown).not.toContain('controller-uid');
  expect(shown).toContain('job-name: once');
});

test('only the changed lines of an object are shown, and what the server counts is not a change', () => {
  const before = { ...service({ type: 'ClusterIP', clusterIP: '10.96.0.9' }), status: {} };
  const live = { ...before, metadata: { ...before.metadata, generation: 1, resourceVersion: '7' } };
  const same = { ...before, metadata: { ...before.metadata, generation: 2, resourceVersion: '8' } };
  expect(objectDiff([service({})], [live], [same])).toBe('');
  const changed = { ...same, spec: { type: 'NodePort', clusterIP: '10.96.0.9' } };
  expect(objectDiff([service({})], [live], [changed])).toBe(`\
--- live/v1.Service.default.web
+++ applied/v1.Service.default.web
@@ -4,4 +4,4 @@
   name: web
   namespace: default
 spec:
-  type: ClusterIP
+  type: NodePort
`);
});

test('values of a Secret are hidden, those before the change too', () => {
  const secret = (value: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'token' },
    data: { value },
  });
  const shown = objectDiff([secret('bmV3')], [secret('b2xk')], [secret('bmV3')]);
  expect(shown).toContain('-  value: (hidden, old value)\n+  value: (hidden, new value)\n');
});
