import type { TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { type Companion, companionsIn } from '../analysis/companions';
import { missingCause, type TemplatesByName } from '../analysis/templates-by-name';
import { type UnfollowedReference, unfollowedReferencesOf } from '../analysis/unfollowed-references';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/helper/pod.go, which names everything that propagateDeps follows */
export const noUncarriedCompanion = definePlanRule({
  id: 'no-uncarried-companion',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P45'],
  rank: 270,
  summary: 'Rights, classes, guards and scalers of a workload go wherever the workload goes.',
  rationale:
    'propagateDeps follows ConfigMaps, Secrets, ServiceAccounts and volume claims of pods; everything else needs a policy that selects it',
  check(context) {
    const carried = context.templatesByName;
    for (const companion of companionsIn(context.plan)) reportCompanion(companion, carried, context);
    for (const from of context.plan.templates) {
      for (const reference of unfollowedReferencesOf(from.manifest.object)) {
        // Other rules tell of a Service that is not where its Ingress is.
        if (reference.kind !== 'Service') reportReference(from, reference, carried, context);
      }
    }
  },
});

function reportCompanion(companion: Companion, carried: TemplatesByName, { report }: PlanContext): void {
  const { template, workloads, does, mayBeLocal } = companion;
  const gaps = workloads.flatMap((workload) => {
    const gap = carried.gap(workload, template);
    return gap ? [{ workload, gap }] : [];
  });
  if (gaps.length === 0) return;
  const missing = [...new Set(gaps.flatMap(({ gap }) => gap.clusters))];
  const local =
    mayBeLocal && gaps.some(({ workload, gap }) => gap.clusters.length < carried.clustersOf(workload).length);
  const byChance = gaps.every(({ gap }) => gap.byChance);
  const clusters = joinWords(missing, 'and');
  report({
    at: template.manifest,
    ...((local || byChance) && { severity: 'info' }),
    message: `${does} ${joinWords(gaps.map(({ workload }) => workload.key))}, and is not sent to ${clusters}, where ${gaps.length === 1 ? 'that runs' : 'those run'}${sentence(template)}`,
    fix: `select ${template.key} by a ${policyKindFor(template)} for ${clusters}`,
    cause: missingCause(template),
  });
}

function reportReference(
  from: TemplatePlan,
  reference: UnfollowedReference,
  carried: TemplatesByName,
  { report }: PlanContext,
): void {
  const to = carried.find(reference);
  const gap = to && carried.gap(from, to);
  if (!to || !gap) return;
  const clusters = joinWords(gap.clusters, 'and');
  report({
    at: from.manifest,
    path: reference.path,
    ...(gap.byChance && { severity: 'info' }),
    message: `names ${to.key}, which is not sent to ${clusters}${sentence(to)}, and propagateDeps does not follow it`,
    fix: `select ${to.key} by a ${policyKindFor(to)} for ${clusters}`,
    cause: missingCause(to),
  });
}

function sentence({ possibleClusters }: TemplatePlan): string {
  return possibleClusters.length === 0 ? ' (no policy selects it)' : ` (only to ${joinWords(possibleClusters, 'and')})`;
}

function policyKindFor({ manifest }: TemplatePlan): string {
  return manifest.object.metadata?.namespace ? 'PropagationPolicy' : 'ClusterPropagationPolicy';
}
