import type { SpreadConstraintSpec } from '../../karmada/policy-spec';
import { child, item } from '../../kubernetes/field-path';
import { type FieldProblem, fieldProblem } from '../../problem/problem';

/**
 * Why Karmada rejects spread constraints.
 *
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateSpreadConstraint
 */
export function* spreadConstraintCauses(
  constraints: readonly SpreadConstraintSpec[],
  path: string,
): Iterable<FieldProblem> {
  const fields = new Set<string>();
  for (const [index, constraint] of constraints.entries()) {
    const at = item(path, index);
    yield* groupCauses(constraint, at);
    const { spreadByField, spreadByLabel } = constraint;
    if (!spreadByField) continue;
    if (spreadByLabel) {
      yield fieldProblem(
        'spread-by-one',
        at,
        'spreadByField and spreadByLabel exclude each other',
        'remove spreadByLabel, which the scheduler does not implement',
      );
    }
    if (fields.has(spreadByField)) {
      yield fieldProblem(
        'spread-once-by-field',
        child(at, 'spreadByField'),
        `two constraints spread by ${spreadByField}`,
        'merge them into one',
      );
    }
    fields.add(spreadByField);
  }
  if (fields.size === 0 || fields.has('cluster')) return;
  yield fieldProblem(
    'spread-needs-cluster',
    path,
    `replicas are spread by ${[...fields].join(' and ')} without a number of clusters`,
    'add a constraint with spreadByField: cluster and its minGroups and maxGroups',
  );
}

function* groupCauses({ minGroups = 0, maxGroups = 0 }: SpreadConstraintSpec, path: string): Iterable<FieldProblem> {
  for (const [field, groups] of Object.entries({ minGroups, maxGroups })) {
    if (groups >= 0) continue;
    yield fieldProblem(
      'spread-groups',
      child(path, field),
      `must not be negative, got ${groups}`,
      'use a number of groups',
    );
  }
  if (maxGroups > 0 && maxGroups < minGroups) {
    yield fieldProblem(
      'spread-groups-order',
      child(path, 'maxGroups'),
      `at most ${maxGroups} groups contradicts at least ${minGroups}`,
      `raise maxGroups to ${minGroups} or more`,
    );
  }
}
