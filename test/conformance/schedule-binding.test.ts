import type { PlacementSpec } from '../../src/karmada/policy-spec';
import type { KarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { type PlanOptions, planOf, type TemplatePlan } from '../../src/planner';
import { compareTargets, type RecordedSchedule, targetsOf } from './schedule-support';
import { describeTopic, differenceOf } from './support';

/** One look of the scheduler at a binding. */
interface RecordedLook extends Omit<RecordedSchedule, 'clusters'> {
  readonly clusters: readonly (RecordedSchedule['clusters'][number] & { readonly deleting?: boolean })[];
  /** `same` as `placement`, null before the first scheduling, or another placement. */
  readonly appliedPlacement: PlacementSpec | 'same' | null;
  readonly rescheduleTriggered?: 'afterLastSchedule' | 'beforeLastSchedule' | 'neverScheduled';
  readonly attempts: readonly string[];
  readonly bindingClusters: readonly { readonly name: string; readonly replicas?: number }[];
  readonly observedAffinityNameAfter?: string;
  readonly scheduled?: { readonly status: string; readonly reason: string };
  readonly willRetry: boolean;
}

describeTopic<RecordedLook>('schedule_binding', (recorded, karmada) => {
  const template = planOf([deploymentOf(recorded), policyOf(recorded)], optionsOf(recorded, karmada)).templates[0];
  if (!template) return 'the plan has no template';
  return differenceOf(expectedAnswer(recorded), answerOf(template, recorded)) ?? compareClusters(recorded, template);
});

/** What is compared as a whole: attempts, term, condition and retry. */
function expectedAnswer({ attempts, observedAffinityNameAfter = '', scheduled, willRetry }: RecordedLook): object {
  return { attempts, term: observedAffinityNameAfter, reason: scheduled?.reason ?? 'left as it was', willRetry };
}

function answerOf({ look, outcome, affinityTerm }: TemplatePlan, recorded: RecordedLook): object {
  const scheduled =
    outcome.kind === 'certain' ? 'Success' : outcome.kind === 'unschedulable' ? outcome.reason : outcome;
  return {
    attempts: look?.attempts,
    // A look that fails leaves the term as it was.
    term: (outcome.kind === 'certain' ? affinityTerm : recorded.schedulerObservedAffinityName) ?? '',
    reason: look?.mode === 'kept' ? 'left as it was' : scheduled,
    willRetry: look?.retried,
  };
}

/** Templates that are scheduled at every event are looked at again, which orders them anew, so their order is not compared. */
function compareClusters(recorded: RecordedLook, { outcome, look, divided }: TemplatePlan): string | undefined {
  const replicas = outcome.kind === 'certain' ? outcome.replicas : outcome.kind === 'unschedulable' ? outcome.kept : [];
  const targets = Array.from(replicas, ([name, count]) => ({ name, replicas: count }));
  return compareTargets(recorded.bindingClusters, targets, recorded.orderVaries || (look?.mode !== 'kept' && !divided));
}

const metadata = { name: 'app', namespace: 'default' };

function deploymentOf({ replicas, templateUID, replicaRequirements }: RecordedLook): KubernetesObject {
  const requests = (replicaRequirements as { resourceRequest?: object } | null | undefined)?.resourceRequest;
  const container = { name: 'app', image: 'app', ...(requests && { resources: { requests } }) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, uid: templateUID },
    spec: { replicas: replicas ?? 0, template: { spec: { containers: [container] } } },
  };
}

function policyOf({ placement }: RecordedLook): KubernetesObject {
  const resourceSelectors = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' }];
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata,
    spec: { resourceSelectors, placement },
  };
}

function optionsOf(recorded: RecordedLook, karmada: KarmadaVersion): PlanOptions {
  const { clusters, estimatorAvailableReplicas, enableEmptyWorkloadPropagation } = recorded;
  return {
    karmada,
    fleet: clusters.map(({ deploymentApiEnabled, ...cluster }) => ({
      ...cluster,
      ...(deploymentApiEnabled === false && { apiEnablements: [] }),
    })),
    capacities: { 'Deployment/default/app': estimatorAvailableReplicas ?? everywhere(recorded) },
    bindings: [bindingOf(recorded)],
    ...(enableEmptyWorkloadPropagation !== undefined && { enableEmptyWorkloadPropagation }),
  };
}

/** Without an estimator all desired replicas fit. */
function everywhere({ clusters, replicas = 0 }: RecordedLook): Readonly<Record<string, number>> {
  return Object.fromEntries(clusters.map(({ name }) => [name, replicas]));
}

const times = { before: '2026-01-01T00:00:00Z', last: '2026-01-02T00:00:00Z', after: '2026-01-03T00:00:00Z' };

function bindingOf(recorded: RecordedLook): KubernetesObject {
  const { placement, appliedPlacement, rescheduleTriggered, gracefulEvictionFrom = [] } = recorded;
  const applied = appliedPlacement === 'same' ? placement : appliedPlacement;
  const triggered = rescheduleTriggered && (rescheduleTriggered === 'beforeLastSchedule' ? times.before : times.after);
  const { schedulerObservedAffinityName } = recorded;
  const wasScheduled = rescheduleTriggered === undefined ? applied !== null : rescheduleTriggered !== 'neverScheduled';
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: {
      name: 'app-deployment',
      namespace: 'default',
      annotations: applied === null ? {} : { 'policy.karmada.io/applied-placement': JSON.stringify(applied) },
    },
    spec: {
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', ...metadata, uid: recorded.templateUID },
      placement,
      clusters: targetsOf(recorded.previous),
      gracefulEvictionTasks: gracefulEvictionFrom.map((fromCluster) => ({ fromCluster })),
      ...(triggered && { rescheduleTriggeredAt: triggered }),
    },
    status: {
      ...(wasScheduled && { lastScheduledTime: times.last }),
      ...(schedulerObservedAffinityName && { schedulerObservingAffinityName: schedulerObservedAffinityName }),
    },
  };
}
