import { fieldAt, textOf } from '../../kubernetes/plain-data';
import { policyKey } from '../../planner/control-plane-state/policy';
import type { OverrideStep } from '../../planner/override/apply-overrides';
import { joinWords } from '../../problem/words';
import { type ResultFault, resultFaults } from '../analysis/override-result';
import { type OverrideTrace, overriderCause, overriderItems, overriderPath } from '../analysis/override-traces';
import { definePlanRule } from '../engine/rule';

/** A fault with the overrider that makes it, and the templates and clusters that it affects. */
interface Made {
  readonly step: OverrideStep;
  readonly index: number;
  readonly fault: ResultFault;
  readonly templates: Set<string>;
  readonly clusters: Set<string>;
}

/** @see Kubernetes pkg/apis/apps/validation/validation.go, ValidatePodTemplateSpecForDeployment and ValidateDeploymentUpdate */
export const validOverrideResult = definePlanRule({
  id: 'valid-override-result',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P57'],
  rank: 15,
  summary: 'Every workload is still valid after the overrides of each member.',
  rationale: 'Karmada does not validate what overrides make; the API server of the member does, and refuses the object',
  check({ overrideTraces, report }) {
    const faults = new Map<string, Made>();
    for (const trace of overrideTraces.traces) noteFaults(trace, faults);
    for (const { step, index, fault, templates, clusters } of faults.values()) {
      const path = overriderPath({ ...step, index });
      report({
        at: step.policy.manifest,
        path,
        ...(fault.onlyUpdates && { severity: 'warning' }),
        message: `${fault.message}, in ${joinWords([...templates], 'and')} for ${joinWords([...clusters], 'and')}`,
        why: fault.why,
        fix: fault.fix,
        cause: overriderCause(step, index),
      });
    }
  },
});

function noteFaults({ template, clusters, steps, result }: OverrideTrace, faults: Map<string, Made>): void {
  const [first] = steps;
  if (!first || result.kind !== 'overridden') return;
  for (const fault of resultFaults(first.before, result.object)) {
    // The last step that causes it, because a later step may correct an earlier one.
    const step = steps.findLast(({ before, after }) => before !== after && makes(fault, before, after)) ?? first;
    const index = step.step === 'plaintext' ? operationOn(fault.field, step) : step.index;
    const key = `${policyKey(step.policy)} ${overriderPath({ ...step, index })} ${fault.message}`;
    const made = faults.get(key) ?? { step, index, fault, templates: new Set(), clusters: new Set() };
    faults.set(key, made);
    made.templates.add(template.key);
    for (const cluster of clusters) made.clusters.add(cluster);
  }
}

function makes(fault: ResultFault, before: OverrideStep['before'], after: OverrideStep['after']): boolean {
  return resultFaults(before, after).some(({ field }) => field === fault.field);
}

/** The operation of a patch that sets a field: the last one whose path leads to it, or below it. */
function operationOn(field: string, step: OverrideStep): number {
  const pointer = `/${field.replace(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}/`;
  const index = overriderItems(step).findLastIndex((item) => {
    const path = `${textOf(fieldAt(item, 'path'))}/`;
    return pointer.startsWith(path) || path.startsWith(pointer);
  });
  return Math.max(index, 0);
}
