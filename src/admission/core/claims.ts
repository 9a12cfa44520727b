import { labelKeyProblems } from '../../kubernetes/names';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';
import type { ClaimSpec, TypedReference } from './pod-types';
import { checkAmount, nanosOf } from './resources';

/**
 * The spec of a PersistentVolumeClaim, of a claim template, and of an ephemeral volume.
 *
 * @see Kubernetes pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimSpec
 */
export function checkClaimSpec(spec: ClaimSpec, path: string, faults: Faults): void {
  const { accessModes = [], resources = {}, selector, dataSource, dataSourceRef } = spec;
  checkAccessModes(accessModes, `${path}.accessModes`, 'claim', faults);
  checkLabelSelector(selector, `${path}.selector`, faults);
  const storage = resources.requests?.['storage'];
  if (storage === undefined) {
    faults.missing(
      `${path}.resources.requests.storage`,
      'a claim must request storage',
      'add resources: { requests: { storage: 1Gi } }',
      `${path}.resources`,
    );
  } else checkAmount(storage, `${path}.resources.requests.storage`, faults, 1);
  const limit = nanosOf(resources.limits?.['storage']);
  const request = nanosOf(storage);
  if (limit !== undefined && request !== undefined && request > limit) {
    faults.invalid(`${path}.resources.requests`, 'the request of storage is more than its limit', 'lower the request');
  }
  if (dataSource) checkReference(dataSource, `${path}.dataSource`, faults);
  if (dataSourceRef) checkReference(dataSourceRef, `${path}.dataSourceRef`, faults);
}

/**
 * Checks that there are access modes, and that `ReadWriteOncePod` is alone.
 *
 * @param owner - what has the modes, for the message
 */
export function checkAccessModes(modes: readonly string[], path: string, owner: string, faults: Faults): void {
  if (modes.length === 0) {
    faults.missing(path, `a ${owner} needs at least one access mode`, 'add accessModes: [ReadWriteOnce]');
  } else if (modes.length > 1 && modes.includes('ReadWriteOncePod')) {
    faults.excluded(path, 'ReadWriteOncePod cannot be combined with other modes', 'keep one mode');
  }
}

function checkReference({ apiGroup = '', kind }: TypedReference, path: string, faults: Faults): void {
  // A reference to another kind of the core group is dropped in silence where it is dataSource.
  if (apiGroup === '' && kind && kind !== 'PersistentVolumeClaim' && path.endsWith('Ref')) {
    faults.invalid(path, `${quoted(kind)} needs an apiGroup`, 'add apiGroup');
  }
  const problems = apiGroup === '' ? [] : labelKeyProblems(apiGroup);
  for (const problem of problems)
    faults.invalid(`${path}.apiGroup`, `${quoted(apiGroup)} ${problem}`, 'use an API group');
}
