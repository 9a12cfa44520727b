import type { RefusalOf } from '../../planner/control-plane-state/refusals';

/** In place of the rules of the API server: the data say what it refuses. */
export function refusalsBy(): RefusalOf {
  return () => undefined;
}
