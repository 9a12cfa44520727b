import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { policyKey } from '../../planner/control-plane-state/policy';
import { isSyncedNamespace, neverPropagated } from '../../planner/matching/never-propagated';
import { joinWords } from '../../problem/words';
import type { ChosenPolicy } from '../analysis/policy-choice';
import { defineRule, type LintContext } from '../engine/rule';

const skipLabel = 'namespace.karmada.io/skip-auto-propagation';

/** @see Karmada v1.18.2 pkg/controllers/namespace/namespace_sync_controller.go */
export const noHomeboundNamespace = defineRule({
  id: 'no-homebound-namespace',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P19'],
  summary: 'Every Namespace is sent to the clusters that receive its objects.',
  rationale: `a Namespace with the label ${skipLabel} goes only to the clusters that a ClusterPropagationPolicy sends it to, and without the Namespace its objects cannot be applied`,
  check(context) {
    const homebound = new Map<string, ChosenPolicy>();
    for (const choice of context.policyChoices) {
      if (isKept(choice.template)) homebound.set(textOf(choice.template.object.metadata?.name), choice);
    }
    if (homebound.size === 0) return;
    const content = new Map<string, Manifest[]>();
    for (const template of context.controlPlane.templates) {
      const namespace = textOf(template.object.metadata?.namespace);
      if (!homebound.has(namespace) || !context.isSent(template)) continue;
      appendTo(content, namespace, template);
    }
    for (const [namespace, templates] of content) {
      reportNamespace(homebound.get(namespace) as ChosenPolicy, templates, context);
    }
  },
});

function isKept({ object }: Manifest): boolean {
  if (object.apiVersion !== 'v1' || object.kind !== 'Namespace' || isSyncedNamespace(object)) return false;
  // Karmada does not sync its own namespaces and `default` either; they have no such label.
  const inside = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: textOf(object.metadata?.name) } };
  return object.metadata?.labels?.[skipLabel] !== undefined && neverPropagated(inside) === undefined;
}

function reportNamespace(
  { template, winner }: ChosenPolicy,
  content: readonly Manifest[],
  { plannedTemplate, report }: LintContext,
): void {
  const path = `metadata.labels[${skipLabel}]`;
  const name = textOf(template.object.metadata?.name);
  const inside = joinWords(
    content.map(({ object }) => objectKey(object)),
    'and',
  );
  const remove = `remove the label ${skipLabel}`;
  if (!winner) {
    report({
      at: template,
      path,
      message: `Namespace "${name}" is excluded from propagation by label and no policy sends it, but ${inside} ${content.length === 1 ? 'is' : 'are'} propagated`,
      fix: `${remove}, or select the Namespace in a ClusterPropagationPolicy for the same clusters`,
    });
    return;
  }
  const reached = new Set(plannedTemplate(template)?.possibleClusters);
  const missing = new Set(
    content.flatMap((one) => plannedTemplate(one)?.possibleClusters ?? []).filter((cluster) => !reached.has(cluster)),
  );
  if (missing.size === 0) return;
  const where = joinWords([...missing], 'and');
  report({
    at: template,
    path,
    message: `Namespace "${name}" does not go to ${where}, which may receive ${inside}`,
    fix: `add ${where} to the placement of ${policyKey(winner.policy)}, or ${remove}`,
  });
}
