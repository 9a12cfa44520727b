import { listOf } from '../../kubernetes/plain-data';
import type { TemplatePlan } from '../../planner';
import { ignoresSpreadConstraints } from '../../planner/schedule/strategy';
import { joinWords } from '../../problem/words';
import { backendsCause } from '../analysis/multi-cluster-services';
import { placementPath } from '../analysis/policy-placement';
import { missingCause } from '../analysis/templates-by-name';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/spreadconstraint/util.go, sortClusters, and pkg/scheduler/scheduler.go */
export const noSeparateChoice = definePlanRule({
  id: 'no-separate-choice',
  severity: 'warning',
  layer: 'federation',
  rank: 105,
  summary: 'A workload and the objects that belong to its pods do not choose their clusters independently.',
  rationale:
    'the scheduler chooses for each object: a workload by the free capacity of the clusters, a Service or ConfigMap by their names, so the workload may run in a cluster without them',
  check(context) {
    for (const { policy, placement } of context.placements) {
      const workloads = (context.claimsByPolicy.get(policy) ?? []).flatMap(({ planned }) =>
        planned && planned.separate.length > 0 ? [planned] : [],
      );
      if (workloads.length === 0) continue;
      const spread = listOf(placement.spreadConstraints).length > 0 && !ignoresSpreadConstraints(placement);
      const groups = listOf(placement.clusterAffinities).length > 1;
      if (!spread && !groups) continue;
      const companions = companionsOf(workloads, context);
      const [needed, keys] = [companions.filter(isReferredTo), companions.map(({ key }) => key)];
      const missing = [...new Set(workloads.flatMap(({ separate }) => separate.flatMap(({ clusters }) => clusters)))];
      const possible = [...new Set(workloads.flatMap(({ possibleClusters }) => possibleClusters))];
      context.report({
        at: policy.manifest,
        path: `${placementPath}.${spread ? 'spreadConstraints' : 'clusterAffinities'}`,
        message: `leaves open which of ${joinWords(possible, 'and')} ${joinWords(
          workloads.map(({ key }) => key),
          'and',
        )} ${workloads.length === 1 ? 'goes' : 'go'} to, and ${joinWords(keys, 'and')} may be missing in ${joinWords(missing, 'and')}`,
        fix: fixOf(spread, keys, needed, possible),
        cause: companions.flatMap((companion) => {
          if (!isReferredTo(companion)) return [backendsCause(companion)];
          // A broken reference is an error of its own rule.
          const isMinor = workloads.every((workload) => context.templatesByName.gap(workload, companion)?.byChance);
          return isMinor ? [missingCause(companion)] : [];
        }),
      });
    }
  },
});

function companionsOf(workloads: readonly TemplatePlan[], { plan }: PlanContext): readonly TemplatePlan[] {
  const keys = new Set(workloads.flatMap(({ separate }) => separate.map(({ template }) => template)));
  return [...keys].flatMap((key) => plan.template(key) ?? []);
}

/** Whether `propagateDeps` follows it; it does not follow Services. */
function isReferredTo({ manifest }: TemplatePlan): boolean {
  return manifest.object.kind !== 'Service';
}

function fixOf(
  spread: boolean,
  keys: readonly string[],
  needed: readonly TemplatePlan[],
  possible: readonly string[],
): string {
  const [first, second] = possible.length === 2 ? possible : ['member1', 'member2'];
  const same = spread
    ? `let all objects make the same choice: clusterAffinities with one group for each choice, Duplicated or with static weights, and no spreadConstraints (in code Placement.duplicated("${first}").named("first").orElse("second", "${second}"))`
    : 'let all objects make the same choice: Duplicated or static weights, which use a later group only if no cluster of the earlier ones fits';
  const send = `send ${joinWords(keys, 'and')} to ${joinWords(possible, 'and')} by a policy of their own`;
  if (needed.length === keys.length) return `set propagateDeps: true, or ${same}`;
  return needed.length > 0
    ? `${same}, or ${send}; propagateDeps: true is enough for ${joinWords(
        needed.map(({ key }) => key),
        'and',
      )}`
    : `${same}, or ${send}`;
}
