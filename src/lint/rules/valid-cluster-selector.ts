import { labelValueProblems } from '../../kubernetes/names';
import type { LabelSelectorSpec } from '../../kubernetes/object';
import { anyText, fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';
import { joinWords, nearMiss, quoted } from '../../problem/words';
import { labelSelectorProblem } from '../analysis/label-selector-problem';
import { clustersCause } from '../analysis/policy-placement';
import { defineRule } from '../engine/rule';

/** A problem with one part of a selector. */
interface Flaw {
  /** Path within the affinity. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** @see Karmada v1.18.2 pkg/util/selector.go, ClusterMatches; pkg/util/validation/validation.go looks at fieldSelectors of affinities only */
export const validClusterSelector = defineRule({
  id: 'valid-cluster-selector',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P38'],
  rank: 160,
  summary: 'Every cluster selector has keys, operators and values that Karmada can evaluate.',
  rationale: 'a selector that Karmada cannot evaluate matches no cluster, without an error',
  check({ clusterLists, report }) {
    for (const { at, key, affinities, pathOf, chooses } of clusterLists.affinities) {
      for (const [position, affinity] of affinities.entries()) {
        if (!affinity?.labelSelector && !affinity?.fieldSelector) continue;
        for (const { path, message, fix } of [
          ...labelFlaws(affinity.labelSelector),
          ...fieldFlaws(affinity.fieldSelector),
        ]) {
          const effect = chooses === 'weight' ? 'the weight applies to no cluster' : 'no cluster matches';
          report({
            at,
            path: `${pathOf(position)}.${path}`,
            message: `${message}: ${effect}`,
            fix,
            cause: clustersCause(key),
          });
        }
      }
    }
  },
});

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

function labelFlaws(selector: unknown): readonly Flaw[] {
  const spec = recordOf(selector) as LabelSelectorSpec | undefined;
  const problem = spec && labelSelectorProblem(spec);
  return problem ? [{ path: `labelSelector.${problem.path}`, message: problem.what, fix: problem.fix }] : [];
}

const fields = ['provider', 'region', 'zone'] as const;

function* fieldFlaws(selector: unknown): Iterable<Flaw> {
  for (const [index, expression] of listOf(fieldAt(selector, 'matchExpressions')).entries()) {
    const key = fieldAt(expression, 'key');
    const at = `fieldSelector.matchExpressions[${index}]`;
    if (!fields.some((field) => field === key)) {
      const meant = typeof key === 'string' ? nearMiss(key, fields) : undefined;
      yield {
        path: `${at}.key`,
        message: `fieldSelector has the key ${quoted(key)}, which clusters do not have`,
        fix: meant === undefined ? `use one of ${joinWords(fields)}` : `write "${meant}"`,
      };
      continue;
    }
    const flaw = operatorFlaw(expression, `fieldSelector ${anyText(key)}`);
    if (flaw) yield { ...flaw, path: `${at}.${flaw.path}` };
  }
}

function operatorFlaw(expression: unknown, subject: string): Flaw | undefined {
  const operator = fieldAt(expression, 'operator');
  const values = listOf(fieldAt(expression, 'values'));
  if (!operators.some((one) => one === operator)) {
    const meant = typeof operator === 'string' ? nearMiss(operator, operators) : undefined;
    return {
      path: 'operator',
      message: `${subject} has the unknown operator ${quoted(operator)}`,
      fix: meant === undefined ? `use one of ${joinWords(operators)}` : `write "${meant}"`,
    };
  }
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && values.length === 0) {
    return { path: 'values', message: `${subject} has ${operator} without values`, fix: 'add at least one value' };
  }
  if (!wantsValues && values.length > 0) {
    const message = `${subject} has ${anyText(operator)} with values ${quoted(values)}`;
    return { path: 'values', message, fix: `omit values, or use In instead of ${anyText(operator)}` };
  }
  const bad = values.find((value) => labelValueProblems(value).length > 0);
  if (bad === undefined) return undefined;
  const message = `${subject} has the value ${quoted(bad)}, which ${labelValueProblems(bad)[0]}`;
  return { path: 'values', message, fix: 'use a value that the clusters have' };
}
