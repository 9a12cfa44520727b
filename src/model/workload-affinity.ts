import { workloadAffinityCauses } from '../admission/rules/placement';
import { specProperties, type WorkloadAffinitySpec } from '../karmada/policy-spec';
import { checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { refuse } from './refuse';

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
export function checkWorkloadAffinity(workloadAffinity: WorkloadAffinity): void {
  for (const key of Object.values(workloadAffinity)) {
    if (key === undefined || typeof key === 'string') continue;
    throw new ModelError(`workloadAffinity: label key ${quoted(key)} must be a string`, {
      code: 'placement.workload-affinity',
      fix: 'name the label of the templates that puts them into one group',
    });
  }
  refuse(
    workloadAffinityCauses(workloadAffinityToSpec(workloadAffinity), 'workloadAffinity'),
    'placement.workload-affinity',
  );
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
  checkProperties(spec, specProperties.WorkloadAffinitySpec, 'workloadAffinity');
  return {
    ...(spec.affinity && { affinity: labelKeyOf(spec.affinity) }),
    ...(spec.antiAffinity && { antiAffinity: labelKeyOf(spec.antiAffinity) }),
  };
}

function labelKeyOf(term: { readonly groupByLabelKey: string }): string {
  checkProperties(term, specProperties.WorkloadAffinityTermSpec, 'workloadAffinity');
  // An empty key, so that the check of keys speaks of it.
  return term.groupByLabelKey ?? '';
}
