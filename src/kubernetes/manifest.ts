import type { Origin } from '../problem/place';
import type { KubernetesObject } from './object';

/** A plain object and the place it came from: the one thing that flows from authoring and reading to plan, lint and render. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly origin: Origin;
}
