import { apiGroup, kindKey } from '../kubernetes/object';
import { isRecord } from '../problem/record';

/** A file for a program, not for an API server, in a folder of manifests. */
export interface ProgramFile {
  /** Description with article. */
  readonly what: string;
  readonly fix: string;
}

/** Description of a document that has apiVersion and kind but is not an object of a cluster; undefined for objects. */
export function programFileOf(apiVersion: string, kind: string): ProgramFile | undefined {
  const key = kindKey({ apiVersion, kind });
  const found = Object.hasOwn(byKind, key)
    ? byKind[key]
    : byGroup.find(([groups]) => groups.test(groupOf(apiVersion)))?.[1];
  if (found === undefined) return undefined;
  return found === 'kustomize' ? kustomization : { what: found, fix: leaveOut };
}

/**
 * Description of a document without apiVersion or kind that a program reads under the name of its file; undefined for
 * others.
 */
export function programFileNamed(object: Readonly<Record<string, unknown>>, file: string): ProgramFile | undefined {
  const fields = ['kind', 'metadata'].map((field) => object[field]);
  if (fields.some((value) => value !== undefined && value !== null)) return undefined;
  if (/(^|\/)kustomization\.ya?ml$/i.test(file)) return kustomization;
  return /(^|\/)(Chart|values([-._][^/]*)?)\.ya?ml$/.test(file) ? chartFile : undefined;
}

/** The fix for a document without apiVersion or kind. */
export function fixForIncomplete(object: Readonly<Record<string, unknown>>): string {
  if (isRecord(object['clusters']))
    return 'this looks like a fleet file: pass it with --fleet, and keep it outside the manifests';
  return 'add the missing field, or omit the file if it is not a Kubernetes manifest';
}

const leaveOut = 'omit the file, or move it out of the folder of manifests';

const kustomization: ProgramFile = {
  what: 'a kustomization',
  fix: 'build it first: kustomize build FOLDER | npx cdk8s-karmada lint -',
};

const chartFile: ProgramFile = {
  what: 'a file of a Helm chart',
  fix: 'render the chart first: helm template NAME CHART | npx cdk8s-karmada lint -',
};

const byKind: Readonly<Record<string, string>> = {
  'v1 Config': 'a kubeconfig file',
  'v1 EncryptionConfig': 'a configuration of the API server',
  'config.karmada.io/v1alpha1 KarmadaInitConfig': 'a configuration of karmadactl init',
};

/** API groups of configuration files, which have no kinds in a cluster. */
const byGroup: readonly (readonly [RegExp, string])[] = [
  [/^(kustomize\.config\.k8s\.io|builtin)$/, 'kustomize'],
  [/^apiserver\.(config\.)?k8s\.io$/, 'a configuration of the API server'],
  [/^audit\.k8s\.io$/, 'an audit policy of the API server'],
  [/^client\.authentication\.k8s\.io$/, 'the output of a credential plugin'],
  [/^kind\.(x-k8s|sigs\.k8s)\.io$/, 'a configuration of kind'],
  [/^k3d\.io$/, 'a configuration of k3d'],
  [/^kubeadm\.k8s\.io$/, 'a configuration of kubeadm'],
  [/^(config\.(kueue|jobset)\.x-k8s\.io|controller-runtime\.sigs\.k8s\.io)$/, 'a configuration of a controller'],
  [/\.config\.k8s\.io$/, 'a configuration of a Kubernetes component'],
  [/^pipecd\.dev$/, 'a configuration of PipeCD'],
  [/^install\.istio\.io$/, 'a configuration of istioctl'],
  [/^skaffold$/, 'a configuration of Skaffold'],
  [/^eksctl\.io$/, 'a configuration of eksctl'],
];

/** kustomize writes `apiVersion: builtin`, a group without a version. */
function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiGroup(apiVersion) : apiVersion;
}
