import type { KarmadaVersion } from '../../karmada/release';
import type { KubernetesObject } from '../../kubernetes/object';
import type { KindDefinition } from './tables';

/** The checked object, and the schema for the check. */
export interface CheckedObject {
  readonly object: KubernetesObject;
  readonly definition: KindDefinition;
  /** The Karmada release of the schema. @default - none, the kind is not Karmada's */
  readonly karmada?: KarmadaVersion;
}
