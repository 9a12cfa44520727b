import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { Interpreter } from '../../planner/interpret/interpreter';
import { strategyOf } from '../../planner/schedule/strategy';
import { joinWords } from '../../problem/words';
import type { ClaimedTemplate } from '../analysis/claimed-templates';
import { placementPath } from '../analysis/policy-placement';
import { replicasCause } from '../analysis/static-division';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/replica.go */
export const noUndividedKind = defineRule({
  id: 'no-undivided-kind',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P41'],
  summary: 'What a Divided policy selects has replicas that Karmada can divide.',
  rationale:
    'Karmada divides what it can count: for kinds whose replicas it does not know, Divided sends the whole object to every candidate',
  check(context) {
    for (const { policy, placement, key } of context.placements) {
      const strategy = strategyOf(placement);
      if (strategy === undefined || strategy === 'Duplicated') continue;
      const templates = (context.claimsByPolicy.get(policy) ?? []).filter(mayGoToSeveral);
      for (const template of templates) checkTemplate(template, context);
      const others = templates.filter(({ manifest }) => podTemplateOf(manifest.object) === undefined);
      if (others.length === 0 || others.length < templates.length || others.some(statesReplicas)) continue;
      context.report({
        at: policy.manifest,
        path: `${placementPath}.replicaScheduling`,
        severity: 'info',
        message: `${policy.name} divides replicas, and nothing that it selects has any: ${joinWords(others.map((each) => each.key))} ${others.length === 1 ? 'goes' : 'go'} to every candidate`,
        fix: 'write replicaSchedulingType: Duplicated, which says what happens',
        cause: `division of ${key}`,
      });
    }
  },
});

function checkTemplate(template: ClaimedTemplate, { interpreter, report }: LintContext): void {
  const { manifest, key, policy } = template;
  const { object } = manifest;
  const { apiVersion, kind } = object;
  const ignorance = ignoranceOf(object, interpreter);
  if (ignorance !== undefined) {
    const clusters = template.planned?.possibleClusters;
    const where = clusters ? `each of ${joinWords(clusters, 'and')}` : 'every candidate';
    report({
      at: manifest,
      path: 'spec.replicas',
      message: `${policy.name} divides the ${String(fieldAt(object.spec, 'replicas'))} replicas of ${key}, and Karmada does not know ${ignorance} of a ${kind}: ${where} gets all of them`,
      fix: `add a ResourceInterpreterCustomization for ${apiVersion} ${kind} with replicaResource and replicaRevision, or write replicaSchedulingType: Duplicated`,
      cause: `division of ${key}`,
    });
  } else if (kind === 'Pod' && apiVersion === 'v1') {
    report({
      at: manifest,
      severity: 'info',
      message: `${policy.name} divides, and a Pod counts as one replica: ${key} runs in one cluster only`,
      fix: 'write replicaSchedulingType: Duplicated to run it in every cluster, or put it into a Deployment',
      why: 'Karmada takes a Pod for a workload with 1 replica',
      cause: replicasCause(template),
    });
  } else if (
    podTemplateOf(object) !== undefined &&
    template.replicas === 0 &&
    !template.countsReplicas &&
    !statesReplicas(template)
  ) {
    report({
      at: manifest,
      severity: 'info',
      message: `${policy.name} divides replicas, which a ${kind} does not have: ${key} goes to every candidate`,
      fix: `select the ${kind} by a policy of its own with replicaSchedulingType: Duplicated, which says what happens`,
      cause: `division of ${key}`,
    });
  }
}

/** What Karmada does not know about replicas that an object states; undefined where it can divide them, or only scripts know. */
function ignoranceOf(
  object: KubernetesObject,
  interpreter: Interpreter,
): 'the replicas' | 'how to change the replicas' | undefined {
  // Karmada knows the workloads of Kubernetes; most templates are among them.
  if (object.apiVersion === 'apps/v1' || object.apiVersion === 'batch/v1') return undefined;
  const written = fieldAt(object.spec, 'replicas');
  if (typeof written !== 'number' || written < 1) return undefined;
  const known = interpreter.replicasOf(object);
  if (known.kind === 'stated' && known.replicas === 0) return 'the replicas';
  const revised = interpreter.revise(object, written + 1);
  return revised.kind === 'stated' && revised.object === object ? 'how to change the replicas' : undefined;
}

function statesReplicas({ manifest }: ClaimedTemplate): boolean {
  const { spec } = manifest.object;
  return typeof (fieldAt(spec, 'replicas') ?? fieldAt(spec, 'parallelism')) === 'number';
}

/** With one cluster to go to, divided and whole are the same. */
function mayGoToSeveral({ planned }: ClaimedTemplate): boolean {
  return planned === undefined || planned.possibleClusters.length > 1;
}
