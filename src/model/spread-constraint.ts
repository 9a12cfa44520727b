import { spreadConstraintCauses } from '../admission/rules/spread-constraints';
import { type SpreadConstraintSpec, specProperties } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { checkValue, text } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { refuse } from './refuse';

/** How many groups of clusters to select. */
export interface SpreadRange {
  /** Minimum number of groups; with fewer, nothing is scheduled. @default 1 */
  readonly min?: number;
  /** Maximum number of groups. Required: without it scheduling fails. */
  readonly max: number;
}

/**
 * How many clusters and regions to select.
 *
 * `zone` and `provider` do not spread anything in Karmada: they only exclude clusters without that field.
 */
export interface Spread {
  /** Total number of clusters. Required with every other field. */
  readonly cluster: SpreadRange;
  /** Number of regions. @default - regions are ignored */
  readonly region?: SpreadRange;
  /** Excludes clusters without a zone; the numbers have no effect. @default - clusters without a zone are allowed */
  readonly zone?: SpreadRange;
  /** Excludes clusters without a provider; the numbers have no effect. @default - clusters without a provider are allowed */
  readonly provider?: SpreadRange;
}

/** The fields that Karmada groups clusters by. */
export const spreadFields = ['cluster', 'region', 'zone', 'provider'] as const;

/**
 * The spread constraints for a manifest, in the order given.
 *
 * @throws ModelError `spread.…`, `property.…`
 */
export function spreadConstraintsFrom(spread: Spread): readonly SpreadConstraintSpec[] {
  checkProperties(spread, spreadFields, 'spreadOver');
  const given = Object.entries(spread).filter(([, range]) => range !== undefined) as [string, SpreadRange][];
  if (given.length === 0) {
    throw new ModelError('spreadOver has no field', {
      code: 'spread.empty',
      fix: 'write it like spreadOver({ cluster: { min: 1, max: 2 } })',
    });
  }
  return checkedSpreadConstraints(
    given.map(([spreadByField, range]) => {
      checkProperties(range, ['min', 'max'], `spreadOver: ${spreadByField}`);
      return {
        spreadByField,
        ...(range.min !== undefined && { minGroups: range.min }),
        ...(range.max !== undefined && { maxGroups: range.max }),
      };
    }),
  );
}

/**
 * A frozen copy of spread constraints. Rejects what Karmada rejects or ignores.
 *
 * @throws ModelError `spread.label`, `spread.min`, `spread.max`, `spread.range`, `spread.duplicate`, `spread.cluster`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateSpreadConstraint, and pkg/scheduler/core/spreadconstraint
 */
export function checkedSpreadConstraints(
  spread: readonly SpreadConstraintSpec[] | undefined,
): readonly SpreadConstraintSpec[] {
  const constraints = checkedList(spread, 'spreadConstraints');
  constraints.forEach(checkConstraint);
  const stored = constraints.map((constraint) => ({ ...constraint, spreadByField: fieldOf(constraint) }));
  refuse(spreadConstraintCauses(stored, 'spreadConstraints'), {
    'spread-once-by-field': 'spread.duplicate',
    'spread-needs-cluster': 'spread.cluster',
    'spread-groups-order': 'spread.range',
  });
  return frozen(constraints);
}

/** Karmada's webhook defaults the field to `cluster`. */
function fieldOf({ spreadByField }: SpreadConstraintSpec): string {
  return spreadByField || 'cluster';
}

function checkConstraint(constraint: SpreadConstraintSpec): void {
  if (isRecord(constraint) && constraint['spreadByLabel']) {
    const { spreadByField, spreadByLabel } = constraint as SpreadConstraintSpec;
    const problem = spreadByField
      ? `spread is by field "${spreadByField}" and by label "${spreadByLabel}" at once, which Karmada rejects`
      : `spread is by label "${spreadByLabel}", which Karmada does not implement: nothing would be scheduled`;
    throw new ModelError(problem, {
      code: 'spread.label',
      fix: `spread by one field: ${spreadFields.join(', ')}`,
    });
  }
  checkProperties(constraint, specProperties.SpreadConstraintSpec, 'spread constraint');
  checkValue(constraint.spreadByField ?? '', text, 'spread constraint: spreadByField');
  const field = fieldOf(constraint);
  checkOneOf(field, spreadFields, 'spread constraint: spreadByField');
  const { minGroups: min, maxGroups: max } = constraint;
  if (max === undefined || max === 0) {
    const got = max === undefined ? 'has no maximum' : 'has the maximum 0';
    throw new ModelError(`spread over ${field} ${got}, so Karmada selects no cluster`, {
      code: 'spread.max',
      fix: 'give max, the maximum number of clusters; a number above the size of the fleet is no limit',
    });
  }
  checkCount(max, `spread over ${field}: max`, 'spread.max');
  // Karmada raises a minimum of 0 to 1.
  if (min !== undefined && min !== 0) checkCount(min, `spread over ${field}: min`, 'spread.min');
}

function checkCount(count: unknown, owner: string, code: string): void {
  if (Number.isSafeInteger(count) && (count as number) >= 1) return;
  throw new ModelError(`${owner} must be a whole number of at least 1, got ${quoted(count)}`, {
    code,
    fix: 'give the number of groups',
  });
}
