import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import type { KarmadaKind } from './tables';

/** The object that was checked, and what it was checked against. */
export interface CheckedObject {
  readonly object: KubernetesObject;
  readonly definition: KarmadaKind;
  readonly karmada: KarmadaVersion;
}
