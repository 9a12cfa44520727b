import { fieldAt, textOf } from '../../kubernetes/plain-data';
import { policyKey } from '../../planner/control-plane-state/policy';
import { counted, joinWords } from '../../problem/words';
import { type OverrideTrace, overriderItems, overriderPath } from '../analysis/override-traces';
import { definePlanRule, type PlanContext } from '../engine/rule';

const replicaFields: readonly string[] = ['/spec/replicas', '/spec/parallelism'];

/** @see Karmada v1.18.2 pkg/controllers/binding/common.go, ensureWork */
export const noReplicasOverride = definePlanRule({
  id: 'no-replicas-override',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P56'],
  summary: 'No override sets the replicas of a workload that the scheduler divides, or that an autoscaler scales.',
  rationale:
    'overrides are applied last, so the override replaces the number that the scheduler assigned to the cluster, and the total no longer matches the workload',
  check(context) {
    const { overrideTraces } = context;
    const reported = new Map<string, Set<string>>();
    for (const trace of overrideTraces.traces) reportReplicas(trace, reported, context);
  },
});

function reportReplicas(
  { template, clusters, steps }: OverrideTrace,
  reported: Map<string, Set<string>>,
  { isAutoscaled, report }: PlanContext,
): void {
  if (!template.countsReplicas && template.replicas === 0) return;
  const scaled = isAutoscaled(template.manifest.object);
  for (const step of steps) {
    if (step.step !== 'plaintext') continue;
    for (const [index, item] of overriderItems(step).entries()) {
      const path = textOf(fieldAt(item, 'path'));
      if (!replicaFields.includes(path)) continue;
      const place = overriderPath({ ...step, index });
      const known = reported.get(`${policyKey(step.policy)} ${place}`) ?? new Set();
      if (known.has(template.key)) continue;
      reported.set(`${policyKey(step.policy)} ${place}`, known.add(template.key));
      const overruled = scaled
        ? 'an autoscaler scales it'
        : `its policy divides ${template.replicas === undefined ? 'its replicas' : counted(template.replicas, 'replica')} among the clusters`;
      const value = fieldAt(item, 'value');
      const does =
        value === undefined
          ? `removes ${path} of ${template.key}`
          : `sets ${path} of ${template.key} to ${JSON.stringify(value)}`;
      report({
        at: step.policy.manifest,
        path: place,
        // Every cluster has the full number anyway, so a different number for some clusters is a normal override.
        ...(!scaled && !template.divided && { severity: 'info' }),
        message:
          scaled || template.divided
            ? `${does} in ${joinWords([...clusters], 'and')}, although ${overruled}`
            : `${does} in ${joinWords([...clusters], 'and')}, instead of ${template.replicas}`,
        fix: scaled
          ? 'remove the operation, and set the bounds of the autoscaler'
          : template.divided
            ? 'remove the operation, and choose cluster weights that lead to these numbers'
            : 'keep the operation if the number is intended for these clusters, otherwise remove it',
      });
    }
  }
}
