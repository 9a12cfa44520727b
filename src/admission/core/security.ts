import { isRelativePath } from '../schema/value-checks';
import type { Faults } from './faults';
import type { Profile } from './pod-types';

/** A seccomp or AppArmor profile. */
export function checkProfile({ type, localhostProfile }: Profile, path: string, isFile: boolean, faults: Faults): void {
  const at = `${path}.localhostProfile`;
  if (type === 'Localhost' && !localhostProfile) faults.missing(at, 'type Localhost needs the profile');
  if (type !== 'Localhost' && localhostProfile) faults.excluded(at, 'only type Localhost takes a profile');
  else if (localhostProfile && isFile && !isRelativePath(localhostProfile)) {
    faults.invalid(at, 'must be a relative path without ".."', 'write the path below the folder of profiles');
  }
}
