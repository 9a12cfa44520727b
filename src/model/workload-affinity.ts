import type { WorkloadAffinitySpec } from '../karmada/placement-spec';
import { labelKeyProblems } from '../kubernetes/names';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/** Keys of the labels that group workloads of a namespace. */
export interface WorkloadAffinity {
  /** Workloads of one group run in the same clusters. */
  readonly affinity?: string;
  /** Workloads of one group run in different clusters. */
  readonly antiAffinity?: string;
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

/** The `workloadAffinity` that says this in a manifest. */
export function workloadAffinityToSpec({ affinity, antiAffinity }: WorkloadAffinity): WorkloadAffinitySpec {
  return {
    ...(affinity !== undefined && { affinity: { groupByLabelKey: affinity } }),
    ...(antiAffinity !== undefined && { antiAffinity: { groupByLabelKey: antiAffinity } }),
  };
}

/** The label keys that a manifest holds. */
export function workloadAffinityFromSpec(spec: WorkloadAffinitySpec): WorkloadAffinity {
  checkProperties(spec, ['affinity', 'antiAffinity'], 'workloadAffinity');
  return {
    ...(spec.affinity && { affinity: labelKeyOf(spec.affinity) }),
    ...(spec.antiAffinity && { antiAffinity: labelKeyOf(spec.antiAffinity) }),
  };
}

function labelKeyOf(term: { readonly groupByLabelKey: string }): string {
  checkProperties(term, ['groupByLabelKey'], 'workloadAffinity');
  // An empty key, so that the check of keys speaks of it.
  return term.groupByLabelKey ?? '';
}

function checkLabelKey(key: unknown, owner: string): void {
  if (key === undefined) return;
  const problem = labelKeyProblems(key)[0];
  if (problem === undefined) return;
  throw new ModelError(`${owner}: label key ${quoted(key)} ${problem}`, {
    code: 'placement.workload-affinity',
    fix: 'give the key of a label that the workloads have, such as "app.group"',
  });
}
