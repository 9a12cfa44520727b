import type { Cluster } from '../../src/karmada/cluster';
import type { FailoverSpec, TolerationSpec } from '../../src/karmada/policy-spec';
import type { KarmadaVersion } from '../../src/karmada/release';
import { type AgedTaint, evictionOf, purgeModeOf } from '../../src/planner/loss/eviction';
import { type EvictionTask, hasEnded } from '../../src/planner/loss/eviction-tasks';
import { type ClusterCondition, taintsAfter } from '../../src/planner/loss/taint-policies';
import { targetsOf } from './schedule-support';
import { describeTopic, differenceOf, type RecordedCase } from './support';

/** When a binding is evicted from a tainted cluster. */
interface RecordedDecision extends RecordedCase {
  readonly category: 'eviction-decision';
  readonly taints: readonly AgedTaint[];
  readonly clusterTolerations?: readonly TolerationSpec[];
  readonly failover?: FailoverSpec;
  readonly noExecuteTaintEvictionPurgeMode?: string;
  /** The flag `--enable-no-execute-taint-eviction` is false: the taint manager does nothing. */
  readonly noExecuteTaintEvictionOff?: boolean;
  /** The scheduler has not placed the binding: the taint manager fails. */
  readonly noAppliedPlacement?: boolean;
  readonly eviction: 'now' | 'later' | 'never' | 'error';
  readonly afterSeconds?: number;
  readonly purgeMode: string;
}

/** What ClusterTaintPolicies make of a cluster. */
interface RecordedTaints extends RecordedCase {
  readonly category: 'taint-policy';
  readonly cluster: Partial<Cluster> & { readonly conditions?: readonly ClusterCondition[] };
  readonly clusterTaintPolicies: readonly { readonly name: string; readonly spec: object }[];
  readonly taintsAfter: readonly object[];
}

/** Which eviction tasks end. */
interface RecordedTasks extends RecordedCase {
  readonly category: 'eviction-task';
  readonly bindingClusters: readonly { readonly name: string; readonly replicas?: number }[];
  readonly gracefulEvictionTasks: readonly EvictionTask[];
  readonly gracefulEvictionTimeoutSeconds?: number;
  readonly health: Readonly<Record<string, string>>;
  readonly observedGenerationIsCurrent: boolean;
  readonly kept: readonly string[];
  readonly ended: readonly string[];
}

describeTopic<RecordedDecision | RecordedTaints | RecordedTasks>('failover', (recorded, karmada) => {
  switch (recorded.category) {
    case 'eviction-decision':
      return compareDecision(recorded);
    case 'taint-policy':
      return compareTaints(recorded, karmada);
    case 'eviction-task':
      return compareTasks(recorded);
    default:
      return recorded satisfies never;
  }
});

function compareDecision(recorded: RecordedDecision): string | undefined {
  const { taints, clusterTolerations = [], failover, noExecuteTaintEvictionPurgeMode } = recorded;
  const { eviction: kind, afterSeconds, purgeMode } = recorded;
  const byRules = recorded.noExecuteTaintEvictionOff ? { kind: 'never' } : evictionOf(taints, clusterTolerations);
  return differenceOf(
    { kind, afterSeconds, purgeMode },
    {
      afterSeconds: undefined,
      ...(recorded.noAppliedPlacement ? { kind: 'error' } : byRules),
      purgeMode: purgeModeOf(failover, noExecuteTaintEvictionPurgeMode),
    },
  );
}

function compareTaints(recorded: RecordedTaints, karmada: KarmadaVersion): string | undefined {
  const { conditions = [], ...cluster } = recorded.cluster;
  const policies = recorded.clusterTaintPolicies.map(({ name, spec }) => ({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'ClusterTaintPolicy',
    metadata: { name },
    spec,
  }));
  const taints = taintsAfter({ name: 'member1', ...cluster }, conditions, policies, karmada);
  return differenceOf(
    recorded.taintsAfter,
    taints.map(({ added, ...taint }) => ({ ...taint, ...(added && { new: true }) })),
  );
}

function compareTasks(recorded: RecordedTasks): string | undefined {
  const { bindingClusters, gracefulEvictionTasks, gracefulEvictionTimeoutSeconds, health, kept, ended } = recorded;
  const progress = {
    clusters: targetsOf(bindingClusters),
    observed: recorded.observedGenerationIsCurrent,
    health,
    ...(gracefulEvictionTimeoutSeconds !== undefined && { timeoutSeconds: gracefulEvictionTimeoutSeconds }),
  };
  const names = (over: boolean) =>
    gracefulEvictionTasks.filter((task) => hasEnded(task, progress) === over).map(({ fromCluster }) => fromCluster);
  return differenceOf({ kept, ended }, { kept: names(false), ended: names(true) });
}
