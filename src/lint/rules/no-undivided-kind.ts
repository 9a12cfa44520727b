import type { KubernetesObject } from '../../kubernetes/object';
import { anyText, fieldAt } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { Interpreter } from '../../planner/interpret/interpreter';
import { strategyOf } from '../../planner/schedule/strategy';
import { joinWords } from '../../problem/words';
import type { ClaimedTemplate } from '../analysis/claimed-templates';
import { placementPath } from '../analysis/policy-placement';
import { atReplicas, replicasCause } from '../analysis/static-division';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/replica.go */
export const noUndividedKind = defineRule({
  id: 'no-undivided-kind',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P41'],
  summary: 'A Divided policy selects only kinds whose replicas Karmada can divide.',
  rationale:
    'Karmada divides only replicas that it can read: for other kinds, Divided sends the whole object to every candidate',
  check(context) {
    for (const { policy, placement, key } of context.placements) {
      const strategy = strategyOf(placement);
      if (strategy === undefined || strategy === 'Duplicated') continue;
      const templates = (context.claimsByPolicy.get(policy) ?? []).filter((each) => mayGoToSeveral(each, context));
      for (const template of templates) checkTemplate(template, context);
      const others = templates.filter(({ manifest }) => podTemplateOf(manifest.object) === undefined);
      if (others.length === 0 || others.length < templates.length || others.some(countsReplicas)) continue;
      context.report({
        at: policy.manifest,
        path: `${placementPath}.replicaScheduling`,
        severity: 'info',
        message: `${policy.name} divides replicas, but nothing that it selects has replicas: ${joinWords(others.map((each) => each.key))} ${others.length === 1 ? 'goes' : 'go'} to every candidate`,
        fix: 'set replicaSchedulingType: Duplicated, which describes what happens',
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
    const replicas = anyText(fieldAt(object.spec, 'replicas') ?? template.replicas);
    const where = clusters ? `each of ${joinWords(clusters, 'and')}` : 'every candidate';
    report({
      at: manifest,
      ...atReplicas(template),
      message: `${policy.name} divides the ${replicas === '1' ? 'only replica' : `${replicas} replicas`} of ${key}, but Karmada does not know ${ignorance} of a ${kind}: ${where} gets ${replicas === '1' ? 'it' : 'all of them'}`,
      fix: `add a ResourceInterpreterCustomization for ${apiVersion} ${kind} with replicaResource and replicaRevision, or set replicaSchedulingType: Duplicated`,
      cause: `division of ${key}`,
    });
  } else if (kind === 'Pod' && apiVersion === 'v1') {
    report({
      at: manifest,
      severity: 'info',
      message: `${policy.name} divides replicas, and a Pod counts as one replica: ${key} runs in only one cluster`,
      fix: 'set replicaSchedulingType: Duplicated to run it in every cluster, or use a Deployment',
      why: 'Karmada treats a Pod as a workload with 1 replica',
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
      fix: `select the ${kind} in a separate policy with replicaSchedulingType: Duplicated, which describes what happens`,
      cause: `division of ${key}`,
    });
  }
}

/** Why Karmada cannot divide the replicas of an object; undefined if it can, or if only scripts can answer. */
function ignoranceOf(
  object: KubernetesObject,
  interpreter: Interpreter,
): 'the replicas' | 'how to change the replicas' | undefined {
  // Fast path: Karmada supports the Kubernetes workloads natively.
  if (object.apiVersion === 'apps/v1' || object.apiVersion === 'batch/v1') return undefined;
  if (object.apiVersion === 'v1' && object.kind === 'Pod') return undefined;
  const written = fieldAt(object.spec, 'replicas');
  const known = interpreter.replicasOf(object);
  const isWritten = typeof written === 'number' && written >= 1;
  if (known.kind === 'stated' && known.replicas === 0) return isWritten ? 'the replicas' : undefined;
  const replicas = isWritten ? written : known.kind === 'stated' ? known.replicas : 1;
  const revised = interpreter.revise(object, replicas + 1);
  return revised.kind === 'stated' && revised.object === object ? 'how to change the replicas' : undefined;
}

/** Whether the interpreter finds replicas in a template, or a field says that it has some. */
function countsReplicas(template: ClaimedTemplate): boolean {
  return template.countsReplicas || statesReplicas(template);
}

function statesReplicas({ manifest }: ClaimedTemplate): boolean {
  const { spec } = manifest.object;
  return typeof (fieldAt(spec, 'replicas') ?? fieldAt(spec, 'parallelism')) === 'number';
}

/** With one cluster, divided and duplicated are the same. */
function mayGoToSeveral({ planned }: ClaimedTemplate, { reachOf }: LintContext): boolean {
  return planned === undefined || reachOf(planned).possible.length > 1;
}
