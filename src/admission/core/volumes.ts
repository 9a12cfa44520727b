import { dnsSubdomainProblems } from '../../kubernetes/names';
import { quoted } from '../../problem/words';
import { isConfigKey } from '../schema/value-checks';
import { checkClaimSpec } from './claims';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';
import type {
  DownwardFile,
  FieldReference,
  KeyToPath,
  PodSpec,
  ProjectedSource,
  ResourceReference,
  Volume,
} from './pod-types';
import { checkAmount } from './resources';

/** Sources of a volume, in the order in which the API server checks them. */
const sources = [
  ...[
    'emptyDir',
    'hostPath',
    'gitRepo',
    'gcePersistentDisk',
    'awsElasticBlockStore',
    'secret',
    'nfs',
    'iscsi',
    'glusterfs',
  ],
  ...[
    'flocker',
    'persistentVolumeClaim',
    'rbd',
    'cinder',
    'cephfs',
    'quobyte',
    'downwardAPI',
    'fc',
    'configMap',
    'azureFile',
  ],
  ...['flexVolume', 'vsphereVolume', 'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected'],
  ...['scaleIO', 'csi', 'ephemeral', 'image'],
];

/**
 * Volumes of a pod.
 *
 * @see Kubernetes pkg/apis/core/validation/validation.go, ValidateVolumes
 */
export function checkVolumes(pod: PodSpec, path: string, faults: Faults): void {
  const { volumes = [] } = pod;
  faults.unique(
    path,
    volumes.map(({ name }) => name),
    'name',
  );
  volumes.forEach((volume, index) => {
    checkVolume(volume, `${path}[${index}]`, pod, faults);
  });
}

function checkVolume(volume: Volume, path: string, pod: PodSpec, faults: Faults): void {
  const given = sources.filter((source) => volume[source] !== undefined);
  for (const source of given.slice(1)) {
    faults.excluded(`${path}.${source}`, `a volume must have only one source, and ${given[0]} is set`);
  }
  const { emptyDir, configMap, secret, downwardAPI, projected, ephemeral, iscsi, image } = volume;
  if (emptyDir) checkAmount(emptyDir.sizeLimit, `${path}.emptyDir.sizeLimit`, faults);
  if (emptyDir?.medium) {
    const { medium } = emptyDir;
    const fits = medium === 'Memory' || medium.startsWith('HugePages');
    if (!fits) faults.oneOf(`${path}.emptyDir.medium`, medium, ['Memory', 'HugePages']);
  }
  if (configMap) {
    if (!configMap.name) faults.missing(`${path}.configMap.name`, 'the volume needs the name of a ConfigMap');
    checkItems(configMap.items, `${path}.configMap.items`, faults);
  }
  if (secret) {
    if (!secret.secretName) faults.missing(`${path}.secret.secretName`, 'the volume needs the name of a Secret');
    checkItems(secret.items, `${path}.secret.items`, faults);
  }
  downwardAPI?.items?.forEach((item) => {
    checkDownwardFile(item, `${path}.downwardAPI`, faults);
  });
  if (projected) checkProjected(projected.sources ?? [], `${path}.projected.sources`, faults);
  if (ephemeral) {
    const at = `${path}.ephemeral.volumeClaimTemplate`;
    const template = ephemeral.volumeClaimTemplate;
    if (template) checkClaimSpec(template.spec ?? {}, `${at}.spec`, faults);
    else faults.missing(at);
  }
  if (iscsi?.iqn && !/^(iqn|eui|naa)\./.test(iscsi.iqn)) {
    faults.invalid(`${path}.iscsi.iqn`, 'must begin with iqn., eui. or naa.', 'write a qualified name');
  }
  if (image && !image.reference && given.length === 1 && pod.containers === undefined)
    faults.missing(`${path}.image.reference`);
}

function checkItems(items: readonly KeyToPath[] | undefined, path: string, faults: Faults): void {
  items?.forEach(({ key, path: file }, index) => {
    if (key && !isConfigKey(key))
      faults.invalid(`${path}[${index}].key`, `${quoted(key)} is not a key`, 'use a key of the object');
    if (file?.startsWith('..')) faults.invalid(`${path}[${index}].path`, 'must not begin with ".."', 'rename the file');
  });
}

const downwardFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** A file of a downward API volume. The API server reports it without the index of the item. */
function checkDownwardFile({ fieldRef, resourceFieldRef }: DownwardFile, path: string, faults: Faults): void {
  if (fieldRef && resourceFieldRef) {
    faults.excluded(path, 'a file has either fieldRef or resourceFieldRef', 'remove one of them');
  } else if (fieldRef) checkFieldReference(fieldRef, `${path}.fieldRef`, downwardFields, faults);
  else if (resourceFieldRef) checkResourceReference(resourceFieldRef, `${path}.resourceFieldRef`, true, faults);
  else faults.missing(path, 'a file needs fieldRef or resourceFieldRef', 'add one of them');
}

/** A reference to a field of the pod. A key in brackets is allowed for labels and annotations. */
export function checkFieldReference(
  { apiVersion, fieldPath = '' }: FieldReference,
  path: string,
  fields: readonly string[],
  faults: Faults,
): void {
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== 'v1') {
    faults.invalid(`${path}.apiVersion`, 'must be v1', 'remove it');
    return;
  }
  const [, owner, key] = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(fieldPath) ?? [];
  if (fieldPath === '' || (owner && key) || fields.includes(fieldPath)) return;
  faults.oneOf(`${path}.fieldPath`, fieldPath, fields);
}

const resourceFields = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [`limits.${name}`, `requests.${name}`]);

/** A reference to an amount of a container. */
export function checkResourceReference(
  { containerName, resource = '', divisor }: ResourceReference,
  path: string,
  inVolume: boolean,
  faults: Faults,
): void {
  if (inVolume && !containerName) faults.missing(`${path}.containerName`, 'a volume needs the name of the container');
  if (resource === '') return;
  if (!/^(limits|requests)\.hugepages-/.test(resource)) faults.oneOf(`${path}.resource`, resource, resourceFields);
  const units: readonly string[] = resource.endsWith('.cpu')
    ? ['1', '1m', '0']
    : ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei', '0'];
  if (divisor !== undefined && !units.includes(String(divisor))) {
    faults.invalid(
      `${path}.divisor`,
      `must be a unit, got ${quoted(divisor)}`,
      `use one of ${units.slice(0, -1).join(', ')}`,
    );
  }
}

function checkProjected(all: readonly ProjectedSource[], path: string, faults: Faults): void {
  all.forEach((source, index) => {
    const at = `${path}[${index}]`;
    const given = Object.keys(source);
    if (given.length > 1)
      faults.excluded(at, `a source has one kind, got ${given.join(' and ')}`, 'split it into several sources');
    const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle } = source;
    if (configMap) {
      if (!configMap.name) faults.missing(`${at}.configMap.name`, 'the source needs the name of a ConfigMap');
      checkItems(configMap.items, `${at}.configMap.items`, faults);
    }
    if (secret) {
      if (!secret.name) faults.missing(`${at}.secret.name`, 'the source needs the name of a Secret');
      checkItems(secret.items, `${at}.secret.items`, faults);
    }
    downwardAPI?.items?.forEach((item) => {
      checkDownwardFile(item, `${at}.downwardAPI`, faults);
    });
    if (serviceAccountToken && !serviceAccountToken.path) faults.missing(`${at}.serviceAccountToken.path`);
    if (clusterTrustBundle) {
      const { name, signerName, labelSelector } = clusterTrustBundle;
      if (!name && !signerName)
        faults.missing(`${at}.clusterTrustBundle`, 'needs name or signerName', 'add one of them');
      if (name && signerName)
        faults.excluded(`${at}.clusterTrustBundle`, 'has name and signerName', 'keep one of them');
      for (const problem of name && !name.includes(':') ? dnsSubdomainProblems(name) : []) {
        faults.invalid(`${at}.clusterTrustBundle.name`, `${quoted(name)} ${problem}`, 'use the name of a bundle');
      }
      checkLabelSelector(labelSelector, `${at}.clusterTrustBundle.labelSelector`, faults);
    }
  });
  // Paths must differ among all sources.
  const files = all.flatMap(({ configMap, secret, downwardAPI, serviceAccountToken }) => [
    ...(configMap?.items ?? []).map((item) => item.path),
    ...(secret?.items ?? []).map((item) => item.path),
    ...(downwardAPI?.items ?? []).map((item) => item.path),
    ...(serviceAccountToken ? [serviceAccountToken.path] : []),
  ]);
  const twice = files.find((file, index) => file && files.indexOf(file) !== index);
  if (twice) faults.add('repeated-item', path, `${quoted(twice)} is the path of two files`, 'rename one of them');
}
