import { expect, test } from 'vitest';
import { Kubectl } from '../../src/apply/kubectl';
import { diffText } from '../../src/apply/server-side-apply';

/** What `kubectl diff` printed for a new policy at Karmada v1.18.2, shortened. */
const printed = `diff -u -N /tmp/LIVE-2/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine /tmp/MERGED-3/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine
--- /tmp/LIVE-2/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine\t2026-11-29 17:34:09
+++ /tmp/MERGED-3/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine\t2026-11-29 17:34:09
@@ -0,0 +1,26 @@
+kind: PropagationPolicy
+metadata:
+  creationTimestamp: "2026-11-29T17:34:09Z"
+  generation: 1
+  labels:
+    propagationpolicy.karmada.io/permanent-id: a987cae6-bf80-4b37-892d-751d0ca588b0
+  name: mine
+  uid: 099760dd-9a20-4963-857a-1e1b4f42e58c
`;

test('the diff of a new object is the same on each run', async () => {
  const run = async () => ({ exitCode: 1, stdout: printed, stderr: '' });
  const kubectl = new Kubectl({ kubeconfig: 'karmada.config', context: 'karmada-apiserver' }, run);
  const object = { apiVersion: 'policy.karmada.io/v1alpha1', kind: 'PropagationPolicy', metadata: { name: 'mine' } };
  expect(await diffText(kubectl, [object], (text) => text)).toBe(`\
--- live/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine
+++ applied/policy.karmada.io.v1alpha1.PropagationPolicy.other.mine
@@ -0,0 +1,26 @@
+kind: PropagationPolicy
+metadata:
+  creationTimestamp: (set by the server)
+  generation: 1
+  labels:
+    propagationpolicy.karmada.io/permanent-id: (set by the server)
+  name: mine
+  uid: (set by the server)
`);
});
