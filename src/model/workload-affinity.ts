import { checkKnownProperties, shown } from './known-properties';
import { qualifiedNameProblem } from './label-syntax';
import { ModelError } from './model-error';
import type { PlacementSpec, WorkloadAffinitySpec } from './placement-spec';

/** Keys of the labels that group workloads of a namespace. */
export interface WorkloadAffinity {
  /** Workloads of one group run in the same clusters. */
  readonly affinity?: string | undefined;
  /** Workloads of one group run in different clusters. */
  readonly antiAffinity?: string | undefined;
}

/**
 * Refuses label keys that Karmada refuses.
 *
 * @throws ModelError `placement.workload-affinity`
 * @see Karmada v1.18.2 pkg/util/validation/validation.go, ValidateWorkloadAffinity
 */
export function checkWorkloadAffinity({ affinity, antiAffinity }: WorkloadAffinity): void {
  checkLabelKey(affinity, 'workload affinity');
  checkLabelKey(antiAffinity, 'workload anti-affinity');
  if (affinity !== undefined && affinity === antiAffinity) {
    throw new ModelError(
      `workload affinity and anti-affinity both go by label "${affinity}", and Karmada refuses that`,
      { code: 'placement.workload-affinity', fix: 'give two different labels, or leave one out' },
    );
  }
}

/** The part of a placement that says this in a manifest. */
export function workloadAffinityToSpec({
  affinity,
  antiAffinity,
}: WorkloadAffinity): Pick<PlacementSpec, 'workloadAffinity'> {
  if (affinity === undefined && antiAffinity === undefined) return {};
  return {
    workloadAffinity: {
      ...(affinity !== undefined && { affinity: { groupByLabelKey: affinity } }),
      ...(antiAffinity !== undefined && { antiAffinity: { groupByLabelKey: antiAffinity } }),
    },
  };
}

/** The label keys that a manifest holds. */
export function workloadAffinityFromSpec(spec: WorkloadAffinitySpec | undefined): WorkloadAffinity {
  if (!spec) return {};
  checkKnownProperties(spec, ['affinity', 'antiAffinity'], 'workloadAffinity');
  return { affinity: labelKeyOf(spec, 'affinity'), antiAffinity: labelKeyOf(spec, 'antiAffinity') };
}

function labelKeyOf(spec: WorkloadAffinitySpec, part: 'affinity' | 'antiAffinity'): string | undefined {
  const term = spec[part];
  if (!term) return undefined;
  checkKnownProperties(term, ['groupByLabelKey'], `workloadAffinity: ${part}`);
  // An empty key, so that the check of keys speaks of it.
  return term.groupByLabelKey ?? '';
}

function checkLabelKey(key: unknown, owner: string): void {
  if (key === undefined) return;
  const problem = typeof key !== 'string' ? 'must be a string' : qualifiedNameProblem(key);
  if (problem === undefined) return;
  throw new ModelError(`${owner}: label key ${shown(key)} ${problem}`, {
    code: 'placement.workload-affinity',
    fix: 'give the key of a label that the workloads have, such as "app.group"',
  });
}
