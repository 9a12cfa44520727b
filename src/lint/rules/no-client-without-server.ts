import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { Replicas, TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { OverridePolicy } from '../../planner/control-plane-state/policy';
import { joinWords } from '../../problem/words';
import { callsIn, type ServiceCall } from '../analysis/calls';
import { answersAcrossClusters, backendsCause, clustersOfImport } from '../analysis/multi-cluster-services';
import type { Lack } from '../analysis/service-backends';
import type { ServiceMentions } from '../analysis/service-calls';
import { enoughForAll, replicasCause, toReplicas } from '../analysis/static-division';
import { fixForUnsent, whyUnmatched } from '../analysis/templates-by-name';
import { definePlanRule, type PlanContext, type Report } from '../engine/rule';

/** A cluster where the client runs and the server may have no pod. */
interface Miss {
  readonly cluster: string;
  /** Why there may be no pod. @default - the Service itself may not be there */
  readonly lack?: Lack;
}

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
      const misses = withoutOverridden(call, missesOf(call, context), mentions, context);
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

function missesOf({ client, server }: ServiceCall, context: PlanContext): Miss[] {
  const { service } = server;
  if (service.outcome.kind === 'unschedulable') return [];
  const { services, reachOf } = context;
  const reach = reachOf(service);
  const misses: Miss[] = [];
  for (const cluster of clustersOf(client, context)) {
    const lack = services.lackIn(server, cluster);
    if (lack) misses.push({ cluster, lack });
    else if (!reach.mayBeIn(cluster)) misses.push({ cluster });
  }
  const across = misses.length === 0 ? 'all' : answersAcrossClusters(service, context);
  if (across === 'all') return [];
  const imported = clustersOfImport(service.manifest.object.metadata ?? {}, context);
  return misses.filter(({ cluster }) => !across.has(cluster) && !imported.has(cluster));
}

/** Where a pod of the client may run. */
function clustersOf(client: TemplatePlan, { reachOf }: PlanContext): readonly string[] {
  const { countsReplicas, replicas, outcome } = client;
  if (outcome.kind === 'unmatched' || outcome.kind === 'unschedulable') return [];
  if (!countsReplicas || replicas === undefined) return reachOf(client).possible;
  return [...client.final]
    .filter(([, { max }]) => max > 0)
    .map(([cluster]) => cluster)
    .sort();
}

/** Overrides can change the address for a cluster, so the object that names the Service is checked as the cluster receives it. */
function withoutOverridden(
  { client, server: { service }, configMap, declared }: ServiceCall,
  misses: readonly Miss[],
  mentions: ServiceMentions,
  { plan, controlPlane }: PlanContext,
): readonly Miss[] {
  if (declared || misses.length === 0) return misses;
  const { namespace = '', name = '' } = service.manifest.object.metadata ?? {};
  const server = `${namespace}/${name}`;
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: namespaceOf(client), name: configMap ?? '' };
  const naming = configMap === undefined ? client.manifest : controlPlane.find(reference);
  if (!naming || !isOverridden(naming.object, controlPlane)) return misses;
  const template = configMap === undefined ? client : plan.template(objectKey(naming.object));
  const names = (object: KubernetesObject): boolean =>
    configMap === undefined
      ? mentions.of(object).some((mention) => mention.service === server)
      : mentions.inConfigMap(object).includes(server);
  return misses.filter(({ cluster }) => {
    const received = template?.objectsIn(cluster).flatMap((one) => (one.kind === 'received' ? [one.object] : [])) ?? [];
    return received.length === 0 || received.some(names);
  });
}

function isOverridden(object: KubernetesObject, controlPlane: ControlPlaneState): boolean {
  return ['', textOf(object.metadata?.namespace)].some((namespace) => {
    const policies = controlPlane.overrideSelectors(namespace)?.matchesOf(object) ?? [];
    return policies.some(({ owner }) => changesText(owner));
  });
}

/** Image, label and annotation overriders do not change addresses. */
const textOverriders = ['plaintext', 'fieldOverrider', 'argsOverrider', 'commandOverrider'];

function changesText({ spec }: OverridePolicy): boolean {
  const overriders = [spec, ...listOf(spec.overrideRules)].map((part) => fieldAt(part, 'overriders'));
  return overriders.some((one) => textOverriders.some((name) => listOf(fieldAt(one, name)).length > 0));
}

function namespaceOf({ manifest: { object } }: TemplatePlan): string {
  return textOf(object.metadata?.namespace);
}

function reportOf(call: ServiceCall, misses: readonly Miss[], context: PlanContext): Report | undefined {
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

function causeOf({ lack }: Miss, service: TemplatePlan): string {
  if (lack?.kind === 'division' && lack.workload) return replicasCause(lack.workload);
  return service.outcome.kind === 'unmatched' ? `policy of ${service.key}` : backendsCause(service);
}

/** Where the pods run instead. */
function reasonOf(
  { lack, cluster }: Miss,
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
  { lack, cluster }: Miss,
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
