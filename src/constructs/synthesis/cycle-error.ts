import { ModelError } from '../../problem/model-error';
import type { ConstructTree } from './construct-tree';

/** Constructs that wait for each other, in a circle: each depends on the next, and the last on the first. */
export function cycleError(tree: ConstructTree, circle: readonly number[]): ModelError {
  const paths = [...circle, ...circle.slice(0, 1)].map((position) => tree.pathOf(position));
  return new ModelError(`Dependency cycle detected: ${paths.join(' => ')}`, {
    code: 'synth.cycle',
    fix: 'remove one of these dependencies: kubectl applies objects one after the other',
  });
}
