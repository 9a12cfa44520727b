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
  summary: 'A policy that propagates an object which every cluster creates by default takes it over.',
  rationale:
    'with conflictResolution Abort, the default, Karmada does not change an object that already exists in the member cluster, and reports that it was not applied',
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
        message: `sends ${key} to ${joinWords(template.possibleClusters, 'and')}, where a ${object.kind} "${name}" already exists; conflictResolution Abort${written ? '' : ', the default,'} does not change it`,
        fix: `set conflictResolution: Overwrite, or annotate ${key} with ${annotation}: overwrite`,
      });
    }
  },
});

/** The annotation on the template takes precedence over the policy. */
function takesOver({ manifest, policy }: TemplatePlan): boolean {
  const own: unknown = manifest.object.metadata?.annotations?.[annotation];
  if (own === 'overwrite' || own === 'abort') return own === 'overwrite';
  return fieldAt(policy?.object.spec, 'conflictResolution') === 'Overwrite';
}
