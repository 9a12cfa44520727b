import type { Manifest } from '../../kubernetes/manifest';
import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { Plan, TemplatePlan } from '../../planner';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { OverridePolicy } from '../../planner/control-plane-state/policy';
import type { ServiceCall } from './calls';
import { answersAcrossClusters, clustersOfImport } from './multi-cluster-services';
import type { Reach } from './reach';
import type { Lack, ServicesOfPlan } from './service-backends';
import type { ServiceMentions } from './service-calls';

/** A cluster where the client runs and the server may have no pod. */
export interface CallMiss {
  readonly cluster: string;
  /** Why there may be no pod. @default - the Service itself may not be there */
  readonly lack?: Lack;
}

/** What decides whether a call is answered. */
export interface CallFacts {
  readonly plan: Plan;
  readonly controlPlane: ControlPlaneState;
  readonly services: ServicesOfPlan;
  readonly reachOf: (template: TemplatePlan) => Reach;
  readonly inIstio: ReadonlySet<string>;
  readonly plannedTemplate: (manifest: Manifest) => TemplatePlan | undefined;
}

/** The clusters in which a client may run without its server. */
export function missesOf(call: ServiceCall, mentions: ServiceMentions, facts: CallFacts): readonly CallMiss[] {
  return withoutOverridden(call, serverMisses(call, facts), mentions, facts);
}

function serverMisses({ client, server }: ServiceCall, context: CallFacts): CallMiss[] {
  const { service } = server;
  if (service.outcome.kind === 'unschedulable') return [];
  const { services, reachOf } = context;
  const reach = reachOf(service);
  const misses: CallMiss[] = [];
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
function clustersOf(client: TemplatePlan, { reachOf }: CallFacts): readonly string[] {
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
  misses: readonly CallMiss[],
  mentions: ServiceMentions,
  { plan, controlPlane }: CallFacts,
): readonly CallMiss[] {
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
