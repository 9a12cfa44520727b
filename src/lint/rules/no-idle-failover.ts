import type { ApplicationFailoverSpec, ClusterFailoverSpec } from '../../karmada/policy-spec';
import { behaviourOf } from '../../karmada/release';
import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import { joinWords } from '../../problem/words';
import { definePlanRule, type PlanContext, type Report } from '../engine/rule';

/** Kinds whose health Karmada interprets. @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/healthy.go */
const healthKinds: ReadonlySet<string> = new Set([
  ...['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet'].map((kind) => `apps ${kind}`),
  ...['Pod', 'PersistentVolumeClaim', 'Service'].map((kind) => ` ${kind}`),
  'policy PodDisruptionBudget',
  'networking.k8s.io Ingress',
]);

/** Third-party groups with built-in Karmada scripts; only some of these scripts interpret health. */
const shippedGroups =
  /(^|\.)(kruise\.io|argoproj\.io|fluxcd\.io|flink\.apache\.org|kubeflow\.org|ray\.io|kyverno\.io|volcano\.sh|spark\w*\.(?:apache|k8s)\S*)$/;

/** @see Karmada v1.18.2 pkg/controllers/applicationfailover and pkg/controllers/cluster/eviction_worker.go */
export const noIdleFailover = definePlanRule({
  id: 'no-idle-failover',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P59'],
  summary: 'The failover conditions of a policy can be met.',
  rationale: 'Karmada accepts failover settings whose conditions are never met, and nothing is moved',
  check(context) {
    for (const policy of context.controlPlane.propagationPolicies) {
      const { application, cluster } = policy.spec.failover ?? {};
      const claims = context.claimsByPolicy.get(policy) ?? [];
      const selected = claims.flatMap(({ planned }) => planned ?? []);
      if (recordOf(application)) reportApplication(policy, application as ApplicationFailoverSpec, selected, context);
      if (recordOf(cluster)) reportCluster(policy, cluster as ClusterFailoverSpec, selected, context);
    }
  },
});

function reportApplication(
  policy: PropagationPolicy,
  application: ApplicationFailoverSpec,
  selected: readonly TemplatePlan[],
  context: PlanContext,
): void {
  const path = 'spec.failover.application';
  const workloads = selected.filter(
    ({ manifest: { object } }) => podTemplateOf(object) !== undefined || isCustom(object),
  );
  const blind = workloads.filter(({ manifest: { object } }) => !hasHealth(object, context.controlPlane));
  if (blind.length > 0) {
    const kinds = joinWords([...new Set(blind.map(({ manifest }) => manifest.object.kind))], 'or');
    context.report({
      at: policy.manifest,
      path,
      ...(blind.length < workloads.length && { severity: 'info' }),
      message: `asks for failover of ${joinWords(
        blind.map(({ key }) => key),
        'and',
      )} when unhealthy, but Karmada cannot determine the health of a ${kinds}`,
      why: 'without a health interpreter the status is never Unhealthy, so nothing is moved',
      fix: isCustom(blind[0]?.manifest.object)
        ? `add a ResourceInterpreterCustomization with healthInterpretation for ${kinds}`
        : `remove failover.application: Karmada interprets the health of Deployments, StatefulSets, ReplicaSets, DaemonSets and Pods`,
    });
  }
  reportStatePreservation(policy, application, 'Gracefully', selected, path, context);
}

function reportCluster(
  policy: PropagationPolicy,
  cluster: ClusterFailoverSpec,
  selected: readonly TemplatePlan[],
  context: PlanContext,
): void {
  const path = 'spec.failover.cluster';
  if (!hasTaintSource(context)) {
    context.report({
      at: policy.manifest,
      path,
      // In an emergency an operator can add taints manually.
      severity: 'info',
      message: 'asks for failover when a cluster fails, but no ClusterTaintPolicy adds a NoExecute taint',
      why: 'Karmada adds only NoSchedule taints to a failing cluster; workloads are evicted by a NoExecute taint, with the feature gate Failover and --enable-no-execute-taint-eviction',
      fix: 'add a ClusterTaintPolicy with effect NoExecute (karmada-webhook must run with --allow-no-execute-taint-policy), or remove failover.cluster',
      cause: `${path} of ${policyKey(policy)}`,
    });
  }
  reportStatePreservation(policy, cluster, 'Gracefully', selected, path, context);
}

function reportStatePreservation(
  policy: PropagationPolicy,
  { purgeMode, statePreservation }: ClusterFailoverSpec,
  unset: string,
  selected: readonly TemplatePlan[],
  path: string,
  { karmada, report }: PlanContext,
): void {
  if (!recordOf(statePreservation)) return;
  const mode = textOf(purgeMode) || unset;
  const at = policy.manifest;
  const about = {
    at,
    why: 'the state is injected into the new copy only if the old copy is removed first and there is one target cluster',
  } satisfies Partial<Report>;
  if (!behaviourOf(karmada).directPurgeModes.includes(mode)) {
    report({
      ...about,
      path: purgeMode === undefined ? `${path}.statePreservation` : `${path}.purgeMode`,
      message: `asks to preserve state, but purgeMode ${mode}${purgeMode === undefined ? ', the default,' : ''} does not preserve it`,
      fix: `write ${path.replace('spec.', '')}.purgeMode: Directly`,
    });
  }
  const several = selected.filter((template) => template.countsReplicas && targetCount(template) > 1);
  const [first] = several;
  if (!first) return;
  report({
    ...about,
    path: `${path}.statePreservation`,
    message: `asks to preserve state of ${joinWords(
      several.map(({ key }) => key),
      'and',
    )}, which ${several.length === 1 ? 'runs' : 'run'} in ${targetCount(first)} clusters at a time: ${joinWords(first.possibleClusters, 'and')}`,
    fix: 'run it in one cluster at a time: spreadConstraints with spreadByField: cluster and maxGroups: 1',
  });
}

/** How many clusters run a workload at the same time; 1 if that is decided at run time. */
function targetCount({ scheduled }: TemplatePlan): number {
  switch (scheduled?.kind) {
    case 'certain':
      return scheduled.replicas.size;
    case 'either':
      return Math.min(scheduled.ascending.size, scheduled.descending.size);
    case 'atRunTime':
      return Math.max(scheduled.guaranteed.length, 1);
    default:
      return 0;
  }
}

function hasTaintSource({ plan, controlPlane }: PlanContext): boolean {
  if (plan.clusters.some(({ taints }) => taints?.some(({ effect }) => effect === 'NoExecute'))) return true;
  return controlPlane
    .ofKind('policy.karmada.io/v1alpha1', 'ClusterTaintPolicy')
    .some(({ object }) =>
      listOf(fieldAt(object.spec, 'taints')).some((taint) => fieldAt(taint, 'effect') === 'NoExecute'),
    );
}

function isCustom(object: KubernetesObject | undefined): boolean {
  const group = apiGroup(object?.apiVersion ?? '');
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function hasHealth(object: KubernetesObject, controlPlane: ControlPlaneState): boolean {
  const { apiVersion, kind } = object;
  const group = apiGroup(apiVersion);
  if (healthKinds.has(`${group} ${kind}`) || shippedGroups.test(group)) return true;
  const scripts = controlPlane.ofKind('config.karmada.io/v1alpha1', 'ResourceInterpreterCustomization');
  const hasScript = scripts.some(({ object: { spec } }) => {
    const target = fieldAt(spec, 'target');
    const isTarget = fieldAt(target, 'apiVersion') === apiVersion && fieldAt(target, 'kind') === kind;
    return isTarget && fieldAt(spec, 'customizations', 'healthInterpretation') !== undefined;
  });
  return hasScript || hasHook(object, controlPlane);
}

/** Whether a webhook interprets the health of the kind. */
function hasHook({ apiVersion, kind }: KubernetesObject, controlPlane: ControlPlaneState): boolean {
  const group = apiGroup(apiVersion);
  const covers = (rule: unknown, field: string, values: readonly string[]): boolean =>
    listOf(fieldAt(rule, field)).some((value) => value === '*' || values.includes(textOf(value)));
  return controlPlane
    .ofKind('config.karmada.io/v1alpha1', 'ResourceInterpreterWebhookConfiguration')
    .some(({ object }) =>
      listOf(object['webhooks']).some((hook) =>
        listOf(fieldAt(hook, 'rules')).some(
          (rule) =>
            covers(rule, 'operations', ['InterpretHealth']) &&
            covers(rule, 'apiGroups', [group]) &&
            covers(rule, 'kinds', [kind]),
        ),
      ),
    );
}
