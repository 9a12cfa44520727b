import { compileLabelSelector } from '../../kubernetes/label-selector';
import { appendTo } from '../../kubernetes/map-entries';
import { groupKindKey, type LabelSelectorSpec } from '../../kubernetes/object';
import { anyText, fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { podLabelsOf, podTemplateOf } from '../../kubernetes/pod-template';
import type { Plan, TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { fixForUnsent, missingCause, type TemplatesByName, whyUnmatched } from '../analysis/templates-by-name';
import { type UnfollowedReference, unfollowedReferencesOf } from '../analysis/unfollowed-references';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/helper/pod.go, which names everything that propagateDeps follows */
export const noUncarriedCompanion = definePlanRule({
  id: 'no-uncarried-companion',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P45'],
  rank: 270,
  summary: 'Permissions, classes, disruption budgets and autoscalers go to the same clusters as their workload.',
  rationale:
    'propagateDeps follows only the ConfigMaps, Secrets, ServiceAccounts and volume claims of pods; all other objects need a policy that selects them',
  check(context) {
    const carried = context.templatesByName;
    for (const companion of companionsIn(context.plan)) reportCompanion(companion, carried, context);
    for (const from of context.plan.templates) {
      const { object } = from.manifest;
      for (const reference of unfollowedReferencesOf(object, context.podReferencesOf(object))) {
        // no-ingress-without-service reports the Services of an Ingress.
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
    message: `${does} ${joinWords(gaps.map(({ workload }) => workload.key))}, but is not sent to ${clusters}, where ${gaps.length === 1 ? 'that runs' : 'those run'}${sentence(template)}`,
    fix: fixForUnsent(template, missing, `select ${template.key} in a ${policyKindFor(template)} for ${clusters}`),
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
    fix: fixForUnsent(to, gap.clusters, `select ${to.key} in a ${policyKindFor(to)} for ${clusters}`),
    cause: missingCause(to),
  });
}

function sentence(template: TemplatePlan): string {
  const { possibleClusters } = template;
  return possibleClusters.length === 0
    ? ` (${whyUnmatched(template)})`
    : ` (only to ${joinWords(possibleClusters, 'and')})`;
}

function policyKindFor({ manifest }: TemplatePlan): string {
  return manifest.object.metadata?.namespace ? 'PropagationPolicy' : 'ClusterPropagationPolicy';
}

/** An object that is there for the pods of a workload without being named by them. */
interface Companion {
  readonly template: TemplatePlan;
  /** Workloads that it is for. */
  readonly workloads: readonly TemplatePlan[];
  /** What it does for them, as the predicate of a sentence. */
  readonly does: string;
  /** Whether it may be wanted in some of their clusters only, as rights are not. */
  readonly mayBeLocal: boolean;
}

const companionKinds: ReadonlySet<string> = new Set([
  'RoleBinding',
  'ClusterRoleBinding',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'HorizontalPodAutoscaler',
]);

/** Companions of the workloads of a plan: what grants them rights, scales them, guards them against eviction, or filters their traffic. */
function companionsIn(plan: Plan): readonly Companion[] {
  const candidates = plan.templates.filter(({ manifest }) => companionKinds.has(manifest.object.kind));
  if (candidates.length === 0) return [];
  const workloads = new Workloads(plan.templates);
  return candidates.flatMap((template): readonly Companion[] => {
    const { apiVersion, kind, spec, metadata } = template.manifest.object;
    const namespace = textOf(metadata?.namespace);
    switch (groupKindKey({ apiVersion, kind })) {
      case 'rbac.authorization.k8s.io/RoleBinding':
      case 'rbac.authorization.k8s.io/ClusterRoleBinding':
        return bindingOf(template, workloads);
      case 'policy/PodDisruptionBudget':
        return guardOf(template, workloads.selectedBy(namespace, fieldAt(spec, 'selector')), 'guards the pods of');
      case 'networking.k8s.io/NetworkPolicy':
        return guardOf(
          template,
          workloads.selectedBy(namespace, fieldAt(spec, 'podSelector')),
          'filters the traffic of',
        );
      case 'autoscaling/HorizontalPodAutoscaler': {
        const target = workloads.named(namespace, fieldAt(spec, 'scaleTargetRef'));
        return guardOf(template, target ? [target] : [], 'scales');
      }
      default:
        return [];
    }
  });
}

function bindingOf(template: TemplatePlan, workloads: Workloads): readonly Companion[] {
  const { object } = template.manifest;
  const subjects = listOf(object['subjects']).filter((subject) => fieldAt(subject, 'kind') === 'ServiceAccount');
  const found = subjects.flatMap((subject) => {
    const namespace = textOf(fieldAt(subject, 'namespace')) || textOf(object.metadata?.namespace);
    return workloads.runningAs(namespace, textOf(fieldAt(subject, 'name')));
  });
  if (found.length === 0) return [];
  const accounts = [...new Set(subjects.map((subject) => textOf(fieldAt(subject, 'name'))))];
  const role = `${textOf(fieldAt(object['roleRef'], 'kind'))} "${textOf(fieldAt(object['roleRef'], 'name'))}"`;
  const does = `grants the rights of ${role} to ServiceAccount "${accounts.join('", "')}" of`;
  return [{ template, workloads: [...new Set(found)], does, mayBeLocal: false }];
}

function guardOf(template: TemplatePlan, workloads: readonly TemplatePlan[], does: string): readonly Companion[] {
  return workloads.length > 0 ? [{ template, workloads, does, mayBeLocal: true }] : [];
}

/** Workloads by what companions find them by. */
class Workloads {
  readonly #byAccount = new Map<string, TemplatePlan[]>();
  readonly #byNamespace = new Map<string, TemplatePlan[]>();
  readonly #byLabel = new Map<string, TemplatePlan[]>();
  readonly #byName = new Map<string, TemplatePlan>();

  constructor(templates: readonly TemplatePlan[]) {
    for (const template of templates) {
      const { object } = template.manifest;
      const pods = podTemplateOf(object);
      if (!pods) continue;
      const namespace = textOf(object.metadata?.namespace);
      const account = textOf(pods.spec['serviceAccountName']) || 'default';
      appendTo(this.#byAccount, `${namespace}/${account}`, template);
      appendTo(this.#byNamespace, namespace, template);
      this.#byName.set(`${namespace}/${object.kind}/${object.metadata?.name}`, template);
      for (const [key, value] of Object.entries(podLabelsOf(object) ?? {})) {
        appendTo(this.#byLabel, `${namespace}/${key}=${value}`, template);
      }
    }
  }

  runningAs(namespace: string, account: string): readonly TemplatePlan[] {
    return this.#byAccount.get(`${namespace}/${account}`) ?? [];
  }

  named(namespace: string, reference: unknown): TemplatePlan | undefined {
    return this.#byName.get(`${namespace}/${textOf(fieldAt(reference, 'kind'))}/${textOf(fieldAt(reference, 'name'))}`);
  }

  /** Those whose pods a label selector matches; one of its labels is looked up, the others are compared. */
  selectedBy(namespace: string, selector: unknown): readonly TemplatePlan[] {
    const spec = recordOf(selector) as LabelSelectorSpec | undefined;
    if (!spec) return [];
    const [demanded] = Object.entries(recordOf(spec.matchLabels) ?? {});
    const some = demanded
      ? this.#byLabel.get(`${namespace}/${demanded[0]}=${anyText(demanded[1])}`)
      : this.#byNamespace.get(namespace);
    const matches = compileLabelSelector(spec);
    return (some ?? []).filter(({ manifest }) => matches(podLabelsOf(manifest.object)));
  }
}
