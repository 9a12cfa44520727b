import type { FailoverSpec } from '../../karmada/policy-spec';
import { apiGroup, type KubernetesObject, namedKey, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { joinWords } from '../../problem/words';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** Volumes that hold the state of a workload. */
interface State {
  /** For example `volumeClaimTemplate "data"`. */
  readonly names: readonly string[];
  readonly path: string;
}

/** @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/dependencies.go, and pkg/util/helper/pod.go */
export const noDividedState = definePlanRule({
  id: 'no-divided-state',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P48'],
  summary: 'A workload with its own volumes runs in one cluster, or is duplicated in each.',
  rationale:
    'Karmada moves replicas but not data: every cluster starts at ordinal 0 with its own volumes, and data written in one cluster is missing in the others',
  check(context) {
    const rebalanced = rebalancedWorkloads(context.controlPlane);
    for (const workload of context.plan.templates) {
      if (workload.takenBy !== undefined) continue;
      const { object } = workload.manifest;
      const state = stateOf(object, context.controlPlane);
      if (!state && !isStatefulSet(object)) continue;
      if (workload.possibleClusters.length < 2) continue;
      if (state) reportState(workload, state, rebalanced, context);
      else if (spreads(workload)) reportOrdinals(workload, context);
    }
  },
});

function reportState(
  workload: TemplatePlan,
  { names, path }: State,
  rebalanced: ReadonlyMap<string, string>,
  { report }: PlanContext,
): void {
  const clusters = joinWords(workload.possibleClusters, 'and');
  const volumes = joinWords(names, 'and');
  const policy = workload.policy && `${workload.policy.object.kind} "${workload.policy.object.metadata?.name}"`;
  const failover = failoverOf(workload);
  const rebalancer = rebalanced.get(objectKey(workload.manifest.object));
  const single = 'place it in one cluster, or duplicate it if each cluster can have its own data';
  if (spreads(workload)) {
    report({
      at: workload.manifest,
      path,
      message: `keeps state in ${volumes}, and ${policy} divides its replicas among ${clusters}`,
      fix: single,
    });
  } else if (failover) {
    report({
      at: workload.manifest,
      path,
      // With state preservation, the move is intended.
      ...(hasStatePreservation(failover) && { severity: 'info' }),
      message: `keeps state in ${volumes}, and failover of ${policy} moves it between ${clusters} without its data`,
      fix: 'replicate the data outside Karmada, or remove failover from the policy',
    });
  } else if (workload.divided && workload.replicas !== 0) {
    report({
      at: workload.manifest,
      path,
      ...(rebalancer === undefined && { severity: 'info' }),
      message: rebalancer
        ? `keeps state in ${volumes}, and ${rebalancer} may move it between ${clusters} without its data`
        : `keeps state in ${volumes}, and may run in any of ${clusters}: if it moves, its data stays`,
      fix: rebalancer ? `remove it from ${rebalancer}, or place it in one cluster` : single,
    });
  }
}

function reportOrdinals(workload: TemplatePlan, { report }: PlanContext): void {
  report({
    at: workload.manifest,
    severity: 'info',
    message: `is a StatefulSet divided among ${joinWords(workload.possibleClusters, 'and')}: each cluster has a pod ${workload.manifest.object.metadata?.name}-0`,
    why: 'each cluster counts ordinals separately',
    fix: 'place it in one cluster, or use a Deployment if the pods need no identity',
  });
}

/** Whether replicas may be in several clusters at once. */
function spreads({ divided, replicas, scheduled, policy }: TemplatePlan): boolean {
  if (!divided || replicas === undefined || replicas < 2) return false;
  switch (scheduled?.kind) {
    case 'certain':
      return scheduled.replicas.size > 1;
    case 'either':
      return scheduled.ascending.size > 1 || scheduled.descending.size > 1;
    case 'atRunTime':
      return scheduled.clusters.length > 1 && !isKeptTogether(policy?.object);
    default:
      return false;
  }
}

/** A spread constraint that selects one cluster. */
function isKeptTogether(policy: KubernetesObject | undefined): boolean {
  return listOf(fieldAt(policy?.spec, 'placement', 'spreadConstraints')).some(
    (constraint) =>
      (fieldAt(constraint, 'spreadByField') ?? 'cluster') === 'cluster' && fieldAt(constraint, 'maxGroups') === 1,
  );
}

function failoverOf({ policy }: TemplatePlan): FailoverSpec | undefined {
  const failover = fieldAt(policy?.object.spec, 'failover') as FailoverSpec | undefined;
  return failover?.application || failover?.cluster ? failover : undefined;
}

function hasStatePreservation({ application, cluster }: FailoverSpec): boolean {
  return application?.statePreservation !== undefined || cluster?.statePreservation !== undefined;
}

/** Volumes that outlive pods. Claims that are only read, and claims of an existing volume, hold no state of the workload. */
function stateOf(object: KubernetesObject, controlPlane: ControlPlaneState): State | undefined {
  const claims = listOf(fieldAt(object.spec, 'volumeClaimTemplates'));
  if (claims.length > 0) {
    const names = claims.map((claim) => `volumeClaimTemplate "${textOf(fieldAt(claim, 'metadata', 'name'))}"`);
    return { names, path: 'spec.volumeClaimTemplates' };
  }
  const template = podTemplateOf(object);
  if (!template || object.kind === 'DaemonSet') return undefined;
  const path = template.path === '' ? 'spec.volumes' : `${template.path}.spec.volumes`;
  const used = listOf(template.spec['volumes']).flatMap((volume, index) => {
    const claim = textOf(fieldAt(volume, 'persistentVolumeClaim', 'claimName'));
    const readOnly = fieldAt(volume, 'persistentVolumeClaim', 'readOnly') === true;
    return claim === '' || readOnly || isShared(object, claim, controlPlane) ? [] : [{ claim, index }];
  });
  const [first] = used;
  if (!first) return undefined;
  return {
    names: used.map(({ claim }) => `PersistentVolumeClaim "${claim}"`),
    path: `${path}[${first.index}].persistentVolumeClaim.claimName`,
  };
}

function isShared({ metadata }: KubernetesObject, name: string, controlPlane: ControlPlaneState): boolean {
  const namespace = textOf(metadata?.namespace);
  const claim = controlPlane.find({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name })?.object;
  const modes = listOf(fieldAt(claim?.spec, 'accessModes'));
  const readOnly = modes.length > 0 && modes.every((mode) => mode === 'ReadOnlyMany');
  return readOnly || textOf(fieldAt(claim?.spec, 'volumeName')) !== '';
}

function isStatefulSet({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'StatefulSet' && apiGroup(apiVersion) === 'apps';
}

/** Workloads that a WorkloadRebalancer lists, by key. */
function rebalancedWorkloads(controlPlane: ControlPlaneState): ReadonlyMap<string, string> {
  const rebalanced = new Map<string, string>();
  for (const { object } of controlPlane.ofKind('apps.karmada.io/v1alpha1', 'WorkloadRebalancer')) {
    for (const workload of listOf(fieldAt(object.spec, 'workloads'))) {
      const [kind = '', namespace = '', name = ''] = ['kind', 'namespace', 'name'].map((field) =>
        textOf(fieldAt(workload, field)),
      );
      rebalanced.set(namedKey({ kind, namespace, name }), `WorkloadRebalancer/${object.metadata?.name}`);
    }
  }
  return rebalanced;
}
