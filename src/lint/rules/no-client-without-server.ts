import { objectKey } from '../../kubernetes/object';
import type { Replicas, TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { callsIn, type ServiceCall } from '../analysis/calls';
import { backendsCause } from '../analysis/multi-cluster-services';
import { enoughForAll, replicasCause, toReplicas } from '../analysis/static-division';
import { fixForUnsent, whyUnmatched } from '../analysis/templates-by-name';
import { type CallMiss, missesOf } from '../analysis/unserved-calls';
import { definePlanRule, type PlanContext, type Report } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/util.go, removeZeroReplicasCluster */
export const noClientWithoutServer = definePlanRule({
  id: 'no-client-without-server',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P46'],
  rank: 120,
  summary: 'A Service has a backing pod in every cluster where one of its clients runs.',
  rationale:
    'Karmada does not route requests between clusters: a Service is backed only by the pods of its own cluster',
  check(context) {
    const { calls, dangling, mentions } = callsIn(context);
    for (const call of calls) {
      const misses = missesOf(call, mentions, context);
      const report = reportOf(call, misses, context);
      if (report) context.report(report);
    }
    for (const { client, call } of dangling) {
      context.report({
        at: client.manifest,
        ...(call.path && { path: call.path }),
        missing: {},
        message: `is declared to call ${call.server}, which is not in the manifests`,
        why: 'a call to an unknown server cannot be checked',
        fix: 'name a Service or workload from the manifests, for example Service/default/pipy, or remove the call',
      });
    }
  },
});

function reportOf(call: ServiceCall, misses: readonly CallMiss[], context: PlanContext): Report | undefined {
  const telling =
    [
      misses.filter(({ lack }) => lack?.kind === 'division'),
      misses.filter(({ lack }) => lack === undefined),
      misses.filter(({ lack }) => lack?.kind === 'apart'),
      misses.filter(({ lack }) => lack?.kind === 'override'),
      misses.filter(({ lack }) => lack?.kind === 'atRunTime'),
    ].find((kind) => kind.length > 0) ?? [];
  const [first] = telling;
  if (!first) return undefined;
  const clusters = joinWords(
    telling.map(({ cluster }) => cluster),
    'and',
  );
  const { client, server, path, configMap } = call;
  const key = objectKey(server.service.manifest.object);
  const named = configMap === undefined ? '' : ` (ConfigMap "${configMap}" names it)`;
  const always = telling.every(({ lack }) => lack === undefined || lack.always);
  const found =
    first.lack === undefined ? `is not sent to ${clusters}` : `${always ? 'has' : 'may have'} no pod in ${clusters}`;
  return {
    at: client.manifest,
    ...(path !== undefined && { path }),
    ...(first.lack?.kind === 'atRunTime' && { severity: 'info' }),
    message: `calls ${key}${named}, which ${found}: ${reasonOf(first, call, context)}`,
    fix: fixOf(first, call, context),
    cause: causeOf(first, server.service),
  };
}

function causeOf({ lack }: CallMiss, service: TemplatePlan): string {
  if (lack?.kind === 'division' && lack.workload) return replicasCause(lack.workload);
  return service.outcome.kind === 'unmatched' ? `policy of ${service.key}` : backendsCause(service);
}

/** Where the pods run instead. */
function reasonOf(
  { lack, cluster }: CallMiss,
  { server: { service, workloads } }: ServiceCall,
  { reachOf }: PlanContext,
): string {
  if (lack === undefined) {
    if (service.outcome.kind === 'unmatched') return whyUnmatched(service);
    return `it goes to ${joinWords(reachOf(service).possible, 'and')} only`;
  }
  const { workload } = lack;
  if (lack.kind === 'apart') {
    const clusters = new Set(workloads.flatMap((workload) => reachOf(workload).possible));
    return `${joinWords(
      workloads.map(({ key }) => key),
      'and',
    )} ${workloads.length === 1 ? 'goes' : 'go'} to ${joinWords([...clusters], 'and')} only`;
  }
  if (!workload || lack.kind === 'atRunTime') return 'the clusters of its pods are decided at run time';
  const { outcome, replicas, key } = workload;
  if (lack.kind === 'override') return (workload.final.get(cluster)?.because ?? []).join('; ');
  const results =
    outcome.kind === 'either'
      ? [outcome.ascending, outcome.descending]
      : outcome.kind === 'certain'
        ? [outcome.replicas]
        : [];
  const alternatives = results.map((result) => joinWords(running(result), 'and'));
  return `the ${replicas === 1 ? 'only replica' : `${replicas} replicas`} of ${key} ${replicas === 1 ? 'goes' : 'go'} to ${alternatives.join(', or to ')}`;
}

function running(replicas: Replicas): readonly string[] {
  return [...replicas]
    .filter(([, count]) => count > 0)
    .map(([cluster]) => cluster)
    .sort();
}

function fixOf(
  { lack, cluster }: CallMiss,
  { client, server: { service, workloads } }: ServiceCall,
  { divisions }: PlanContext,
): string {
  const key = objectKey(service.manifest.object);
  const expose = `expose ${key} with a MultiClusterService`;
  const workload = lack?.workload;
  const division = workload && divisions.of(workload);
  if (workload && division) {
    return `${toReplicas(workload, `at least ${enoughForAll(division.weights)}`, workload.key)}, or run ${client.key} only where ${workload.key} always runs, or ${expose}`;
  }
  if (service.outcome.kind === 'unmatched')
    return fixForUnsent(service, [cluster], `select ${key} in the policy that sends its workload`);
  const servers = [...new Set([...workloads.map((one) => one.key), key])];
  if (lack === undefined || lack.kind === 'apart') {
    return `send ${joinWords(servers, 'and')} to ${cluster} as well, or run ${client.key} in the same clusters, or ${expose}`;
  }
  return `place ${joinWords([client.key, ...servers], 'and')} together, or ${expose}`;
}
