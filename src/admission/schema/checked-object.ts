import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import type { KarmadaKind } from './tables';

/** The checked object, and the schema and release for the check. */
export interface CheckedObject {
  readonly object: KubernetesObject;
  readonly definition: KarmadaKind;
  readonly karmada: KarmadaVersion;
}
