import type { KubernetesObject } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { checkAccessModes, checkClaimSpec } from './claims';
import type { Faults } from './faults';
import type { Amounts, ClaimSpec, NodeSelectorTerm } from './pod-types';
import { checkAmount } from './resources';
import { checkNodeSelector } from './scheduling';

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaim */
export function checkPersistentVolumeClaim({ spec }: KubernetesObject, faults: Faults): void {
  checkClaimSpec((spec ?? {}) as ClaimSpec, 'spec', faults);
}

interface VolumeSpec {
  readonly capacity?: Amounts;
  readonly accessModes?: readonly string[];
  readonly hostPath?: { readonly path?: string };
  readonly local?: object;
  readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] } };
  readonly persistentVolumeReclaimPolicy?: string;
  readonly [source: string]: unknown;
}

/** Sources of a PersistentVolume, in the order in which the API server checks them. */
const sources = [
  ...[
    'hostPath',
    'gcePersistentDisk',
    'awsElasticBlockStore',
    'glusterfs',
    'flocker',
    'nfs',
    'rbd',
    'quobyte',
    'cephfs',
  ],
  ...['iscsi', 'cinder', 'fc', 'flexVolume', 'azureFile', 'vsphereVolume', 'photonPersistentDisk', 'portworxVolume'],
  ...['azureDisk', 'scaleIO', 'local', 'storageos', 'csi'],
];

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidatePersistentVolumeSpec */
export function checkPersistentVolume({ spec }: KubernetesObject, faults: Faults): void {
  const volume = (spec ?? {}) as VolumeSpec;
  const { capacity = {}, accessModes = [], hostPath, local, nodeAffinity, persistentVolumeReclaimPolicy } = volume;
  checkAccessModes(accessModes, 'spec.accessModes', 'volume', faults);
  const names = Object.keys(capacity);
  if (names.length === 0)
    faults.missing('spec.capacity', 'a volume needs a capacity', 'add capacity: { storage: 1Gi }');
  else if (names.length > 1 || names[0] !== 'storage')
    faults.invalid('spec.capacity', 'must have storage alone', 'remove the rest');
  for (const [name, amount] of Object.entries(capacity)) checkAmount(amount, `spec.capacity[${name}]`, faults, 1);
  const given = sources.filter((source) => volume[source] !== undefined);
  if (given.length === 0) faults.missing('spec', 'a volume needs a source', 'add csi, nfs or another source');
  for (const source of given.slice(1))
    faults.excluded(`spec.${source}`, `a volume must have only one source, and ${given[0]} is set`);
  const required = nodeAffinity?.required;
  if (local && !required)
    faults.missing('spec.nodeAffinity', 'a local volume needs the affinity of its node', 'add nodeAffinity');
  if (nodeAffinity && !required) faults.missing('spec.nodeAffinity.required');
  if (required) checkNodeSelector(required, 'spec.nodeAffinity.required', faults);
  if (hostPath?.path === '/' && persistentVolumeReclaimPolicy === 'Recycle') {
    faults.excluded('spec.persistentVolumeReclaimPolicy', 'the root of a host cannot be recycled', 'write Retain');
  }
}

interface StorageClassFields {
  readonly provisioner?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly { readonly key?: string; readonly values?: readonly string[] }[];
  }[];
}

/** @see Kubernetes pkg/apis/storage/validation/validation.go, ValidateStorageClass */
export function checkStorageClass(object: KubernetesObject, faults: Faults): void {
  const { provisioner = '', parameters = {}, allowedTopologies = [] } = object as StorageClassFields;
  if (
    provisioner !== '' &&
    !/^([A-Za-z0-9][-A-Za-z0-9_.]*\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(provisioner)
  ) {
    faults.invalid(
      'provisioner',
      `must be the name of a driver, got ${quoted(provisioner)}`,
      'write it like ebs.csi.example.com',
    );
  }
  if (Object.keys(parameters).length > 512)
    faults.invalid('parameters', 'must have at most 512 entries', 'remove some');
  if (Object.hasOwn(parameters, '')) faults.invalid('parameters', 'must not have an empty key', 'remove it');
  allowedTopologies.forEach(({ matchLabelExpressions = [] }, index) => {
    faults.unique(
      `allowedTopologies[${index}].matchLabelExpressions`,
      matchLabelExpressions.map(({ key }) => key),
      'key',
    );
    matchLabelExpressions.forEach(({ values = [] }, position) => {
      faults.unique(`allowedTopologies[${index}].matchLabelExpressions[${position}].values`, values);
    });
  });
}
