import { objectKey } from '../../kubernetes/object';
import { fieldAt, textOf } from '../../kubernetes/plain-data';
import type { TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { isMadeByKubernetes } from '../analysis/preexisting';
import { definePlanRule } from '../engine/rule';

const annotation = 'work.karmada.io/conflict-resolution';

/** @see Karmada v1.18.2 pkg/util/objectwatcher/objectwatcher.go, and pkg/util/annotation.go */
export const noConflictWithMemberDefault = definePlanRule({
  id: 'no-conflict-with-member-default',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P60'],
  summary: 'What every cluster makes for itself is taken over where it is propagated.',
  rationale:
    'with conflictResolution Abort, the default, Karmada leaves an object alone that is in the member already, and reports that it was not applied',
  check({ plan, report }) {
    for (const template of plan.templates) {
      const { object } = template.manifest;
      const name = textOf(object.metadata?.name);
      if (!template.policy || template.takenBy !== undefined) continue;
      if (!isMadeByKubernetes({ apiVersion: object.apiVersion, kind: object.kind, name }) || takesOver(template))
        continue;
      if (template.possibleClusters.length === 0) continue;
      const written = fieldAt(template.policy.object.spec, 'conflictResolution') !== undefined;
      const key = objectKey(object);
      report({
        at: template.policy,
        path: 'spec.conflictResolution',
        message: `sends ${key} to ${joinWords(template.possibleClusters, 'and')}, where each has a ${object.kind} "${name}" already, which conflictResolution Abort${written ? '' : ', the default,'} leaves alone`,
        fix: `write conflictResolution: Overwrite, or annotate ${key} with ${annotation}: overwrite`,
      });
    }
  },
});

/** The annotation of the template beats the policy. */
function takesOver({ manifest, policy }: TemplatePlan): boolean {
  const own: unknown = manifest.object.metadata?.annotations?.[annotation];
  if (own === 'overwrite' || own === 'abort') return own === 'overwrite';
  return fieldAt(policy?.object.spec, 'conflictResolution') === 'Overwrite';
}
