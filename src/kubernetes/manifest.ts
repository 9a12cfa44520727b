import type { Origin } from '../problem/place';
import type { KubernetesObject } from './object';

/** A plain object and its origin: the input of plan, lint and render. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly origin: Origin;
}
