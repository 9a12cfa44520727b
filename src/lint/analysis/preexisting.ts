import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { apiGroup } from '../../kubernetes/object';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** Objects that exist in every cluster, as `apiVersion Kind name`. */
const madeByKubernetes: ReadonlySet<string> = new Set([
  'v1 ServiceAccount default',
  'v1 ConfigMap kube-root-ca.crt',
  'v1 Service kubernetes',
  'v1 Namespace default',
  ...['admin', 'cluster-admin', 'edit', 'view'].map((name) => `rbac.authorization.k8s.io/v1 ClusterRole ${name}`),
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding cluster-admin',
  ...['system-cluster-critical', 'system-node-critical'].map((name) => `scheduling.k8s.io/v1 PriorityClass ${name}`),
]);

/** What an object or a selector names. */
type Named = Pick<ResourceSelectorSpec, 'apiVersion' | 'kind' | 'namespace' | 'name'>;

/**
 * RBAC objects of every API server. Other programs use the prefix `system:` too, such as metrics-server and Karmada.
 *
 * @see Kubernetes v1.34 plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go
 */
const systemRole =
  /^system:(:.+|controller:.+|certificates\.k8s\.io:.+|aggregate-to-(admin|edit|view)|auth-delegator|basic-user|discovery|heapster|kube-(aggregator|controller-manager|dns|scheduler)|kubelet-api-admin|monitoring|node|node-bootstrapper|node-problem-detector|node-proxier|persistent-volume-provisioner|public-info-viewer|service-account-issuer-discovery|volume-scheduler)$/;

/** Whether Kubernetes itself makes an object of this name in every cluster, and in the control plane. */
export function isMadeByKubernetes({ apiVersion, kind, name = '' }: Named): boolean {
  if (madeByKubernetes.has(`${apiVersion} ${kind} ${name}`)) return true;
  return isRbac(apiVersion) && systemRole.test(name);
}

function isRbac(apiVersion: string): boolean {
  return apiGroup(apiVersion) === 'rbac.authorization.k8s.io';
}

/**
 * Whether what a selector names is in the control plane although no manifest makes it: made by Kubernetes, or by Karmada
 * out of a ServiceImport; or brought along by an installation of Karmada or of the cluster.
 */
export function isThereAnyway(selector: Named, controlPlane: ControlPlaneState): boolean {
  const { apiVersion, kind, name = '' } = selector;
  if (isMadeByKubernetes(selector) || (isRbac(apiVersion) && name.startsWith('system:'))) return true;
  if (apiVersion === 'v1' && kind === 'Service' && name.startsWith('derived-')) {
    return controlPlane
      .ofKind('multicluster.x-k8s.io/v1alpha1', 'ServiceImport')
      .some(({ object }) => `derived-${object.metadata?.name}` === name);
  }
  return kind === 'CustomResourceDefinition' && name.endsWith('.multicluster.x-k8s.io');
}

/** Whether objects of a kind are often made by something else than manifests: a secret store, a controller, an installer. */
export function comesFromElsewhere({ apiVersion, kind }: Named): boolean {
  return elsewhere.has(`${apiVersion} ${kind}`);
}

const elsewhere: ReadonlySet<string> = new Set([
  'v1 Secret',
  'v1 Endpoints',
  'discovery.k8s.io/v1 EndpointSlice',
  'apiextensions.k8s.io/v1 CustomResourceDefinition',
]);
