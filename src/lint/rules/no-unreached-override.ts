import { appendTo } from '../../kubernetes/map-entries';
import { apiGroup } from '../../kubernetes/object';
import { onDemand } from '../../kubernetes/on-demand';
import { listOf, textOf } from '../../kubernetes/plain-data';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type OverridePolicy, policyKey } from '../../planner/control-plane-state/policy';
import { joinWords, nearMiss } from '../../problem/words';
import type { OverrideRule, OverrideTraces, OverrideUse } from '../analysis/override-traces';
import { clustersCause } from '../analysis/policy-placement';
import { isOverride, type PolicySelector, selectorCause, selectorText } from '../analysis/policy-selectors';
import { comesFromElsewhere, isThereAnyway } from '../analysis/preexisting';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, applyClusterOverrides and applyNamespacedOverrides */
export const noUnreachedOverride = definePlanRule({
  id: 'no-unreached-override',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P55'],
  summary: 'Every rule of an override policy applies to an object in some cluster.',
  rationale:
    'an override changes an object while it is sent to a cluster; if no object matches, nothing changes, and no error is reported',
  check(context) {
    reportDeadSelectors(context);
    const traces = context.overrideTraces;
    for (const use of traces.uses) reportDeadRules(use, traces, context);
  },
});

/** Names of the templates by kind and namespace. */
type Names = ReadonlyMap<string, readonly string[]>;

function namesByKind({ templates }: ControlPlaneState): Names {
  const names = new Map<string, string[]>();
  for (const { object } of templates) {
    const key = `${object.kind} ${textOf(object.metadata?.namespace)}`;
    appendTo(names, key, textOf(object.metadata?.name));
  }
  return names;
}

function reportDeadSelectors({ policySelectors, controlPlane, report }: PlanContext): void {
  const names = onDemand(() => namesByKind(controlPlane));
  for (const entry of policySelectors.all) {
    const { policy, selector, path, selected, fault } = entry;
    if (!isOverride(policy) || selected > 0 || fault || isThereAnyway(selector, controlPlane)) continue;
    const namespace = policy.namespace || textOf(selector.namespace);
    report({
      at: policy.manifest,
      path,
      ...(comesFromElsewhere(selector) && { severity: 'info' }),
      missing: { kinds: [selector.kind], name: selector.name },
      message: `selects ${selectorText(selector)}${namespace === '' ? '' : ` in namespace "${namespace}"`}, ${selector.name ? 'which is not in the manifests' : 'but the manifests have none'}`,
      fix: fixOf(entry, names().get(`${selector.kind} ${namespace}`) ?? []),
      cause: selectorCause(entry),
    });
  }
}

function fixOf({ selector: { kind, name } }: PolicySelector, there: readonly string[]): string {
  const meant = name ? nearMiss(name, there) : undefined;
  if (meant !== undefined && meant !== name) return `write name: ${meant}, or remove the selector`;
  const others = there.length > 0 ? `select one of ${joinWords(there)}` : `add the ${kind} to the manifests`;
  return `${others}, or remove the selector`;
}

function reportDeadRules(
  { policy, rules, templates }: OverrideUse,
  traces: OverrideTraces,
  { plan, report }: PlanContext,
): void {
  const placed = templates.filter(({ outcome }) => outcome.kind !== 'unmatched' && outcome.kind !== 'unschedulable');
  if (placed.length === 0) {
    reportUnsent(policy, templates, report);
    return;
  }
  if (rules.every(({ target }) => target === undefined)) return;
  const reached = new Set(placed.flatMap((template) => traces.clustersOf(template)));
  if (reached.size === 0) return;
  const fleet = plan.clusters.map(({ name }) => name);
  for (const rule of rules) {
    if (rule.isEmpty || !rule.target || [...rule.clusters].some((cluster) => reached.has(cluster))) continue;
    const unknown = listOf<string>(rule.target.clusterNames).filter((name) => !fleet.includes(name));
    const candidates = new Set(placed.flatMap((template) => template.candidates));
    // Other rules report a selected cluster that gets no replicas.
    if ([...rule.clusters].some((cluster) => candidates.has(cluster))) continue;
    const keys = joinWords(
      placed.map(({ key }) => key),
      'and',
    );
    report({
      at: policy.manifest,
      path: `${rule.path}.targetCluster`,
      message: `is for ${targeted(rule)}, but ${keys} ${placed.length === 1 ? 'goes' : 'go'} only to ${joinWords([...reached], 'and')}`,
      fix: `target ${joinWords([...reached], 'or')}, or send ${keys} to ${targeted(rule)} as well, or remove the rule`,
      ...(unknown.length > 0 && { cause: clustersCause(policyKey(policy)) }),
    });
  }
  for (const rule of rules) reportIdleNames(rule, reached, report);
}

/** Only some of the named clusters are reached. The rule may be shared by several apps, so this is only a hint. */
function reportIdleNames(
  { policy, path, target, clusters, isEmpty }: OverrideRule,
  reached: ReadonlySet<string>,
  report: PlanContext['report'],
): void {
  if (isEmpty || ![...clusters].some((cluster) => reached.has(cluster))) return;
  for (const [index, name] of listOf<string>(target?.clusterNames).entries()) {
    if (reached.has(name) || !clusters.has(name)) continue;
    report({
      at: policy.manifest,
      path: `${path}.targetCluster.clusterNames[${index}]`,
      severity: 'info',
      message: `names cluster "${name}", which receives no object that the policy selects`,
      fix: `remove "${name}", or send the objects there`,
    });
  }
}

function targeted({ target, clusters }: OverrideRule): string {
  const names = listOf<string>(target?.clusterNames);
  if (names.length > 0) return joinWords(names, 'and');
  return clusters.size > 0 ? joinWords([...clusters], 'and') : 'clusters that the fleet does not have';
}

/** None of the objects is propagated. The finding about the objects is the main one. */
function reportUnsent(policy: OverridePolicy, templates: readonly TemplatePlan[], report: PlanContext['report']): void {
  const [first] = templates.filter(({ outcome }) => outcome.kind === 'unmatched');
  if (!first || apiGroup(first.manifest.object.apiVersion) === 'apiextensions.k8s.io') return;
  report({
    at: policy.manifest,
    path: 'spec.resourceSelectors',
    message: `selects ${joinWords(
      templates.map(({ key }) => key),
      'and',
    )}, which no policy propagates`,
    fix: `select ${first.key} in a PropagationPolicy, or remove the override`,
    cause: `policy of ${first.key}`,
  });
}
