import { escapedToken, valueAtPointer } from '../../kubernetes/json-pointer';
import { fieldAt, recordOf, textOf } from '../../kubernetes/plain-data';
import { policyKey } from '../../planner/control-plane-state/policy';
import { joinWords } from '../../problem/words';
import { overriderCause, overriderItems, overriderPath, templatesOf } from '../analysis/override-traces';
import { definePlanRule } from '../engine/rule';

/** Maps that are usually extended by single keys. */
const maps = /\/(labels|annotations|matchLabels|nodeSelector|data)$/;

/** @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, applyJSONPatch */
export const noReplacedMap = definePlanRule({
  id: 'no-replaced-map',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P57'],
  rank: 16,
  summary: 'No patch that adds a map drops the keys that are already there.',
  rationale: 'a JSON patch that adds a field which exists replaces it as a whole',
  check({ overrideTraces, report }) {
    const reported = new Set<string>();
    for (const { step: first, uses } of overrideTraces.items) {
      if (first.step !== 'plaintext') continue;
      for (const [index, item] of overriderItems(first).entries()) {
        const pointer = textOf(fieldAt(item, 'path'));
        const value = recordOf(fieldAt(item, 'value'));
        if (fieldAt(item, 'operator') !== 'add' || !value || !maps.test(pointer)) continue;
        const path = overriderPath({ ...first, index });
        const place = `${policyKey(first.policy)} ${path}`;
        const dropping = uses.filter(({ step: { before } }) => droppedKeys(before, pointer, value).length > 0);
        if (dropping.length === 0 || reported.has(place)) continue;
        reported.add(place);
        const dropped = new Set(dropping.flatMap(({ step: { before } }) => droppedKeys(before, pointer, value)));
        const clusters = new Set(dropping.flatMap(({ trace }) => trace.clusters));
        report({
          at: first.policy.manifest,
          path,
          message: `replaces ${pointer} of ${joinWords(templatesOf(dropping), 'and')} in ${joinWords([...clusters], 'and')}, which drops ${joinWords([...dropped], 'and')}`,
          fix: fixOf(pointer, Object.keys(value)),
          cause: overriderCause(first, index),
        });
      }
    }
  },
});

function droppedKeys(object: unknown, pointer: string, value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(recordOf(valueAtPointer(object, pointer)) ?? {}).filter((key) => !Object.hasOwn(value, key));
}

function fixOf(pointer: string, keys: readonly string[]): string {
  const paths = keys.map((key) => `${pointer}/${escapedToken(key)}`);
  return paths.length === 0
    ? 'remove the operation, or use the operator replace if the map is to be empty'
    : `add ${paths.length === 1 ? 'the key' : 'each key'} in an operation of its own: ${joinWords(paths, 'and')}; or use the operator replace if the keys are to go`;
}
