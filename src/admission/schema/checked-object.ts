import type { KarmadaVersion } from '../../model/karmada-version';
import type { KubernetesObject } from '../../model/kubernetes-object';
import type { KarmadaKind } from './tables';

/** The object that was checked, and what it was checked against. */
export interface CheckedObject {
  readonly object: KubernetesObject;
  readonly definition: KarmadaKind;
  readonly karmada: KarmadaVersion;
}
