import type { Manifest } from '../../kubernetes/manifest';
import type { Plan, TemplatePlan } from '../../planner';
import { autoscaledIn } from './autoscaling';
import { callsIn, type ServiceCall } from './calls';
import type { LintInput } from './lint-input';
import { inIstio } from './multi-cluster-services';
import { reaches } from './reach';
import { sentByPlan } from './sent-templates';
import { ServicesOfPlan } from './service-backends';
import { StaticDivisions } from './static-division';
import { type CallMiss, missesOf } from './unserved-calls';

/** A call, and the clusters in which the client may run without the server. */
export interface AnsweredCall {
  readonly call: ServiceCall;
  /** Computed when it is asked for. */
  readonly misses: () => readonly CallMiss[];
}

/** The calls between the workloads of a plan, without a run of the linter. */
export function answeredCalls(
  input: Pick<LintInput, 'controlPlane' | 'calls'> & { readonly plan: Plan },
): readonly AnsweredCall[] {
  const { plan, controlPlane } = input;
  const planned = new Map(plan.templates.map((template) => [template.manifest.origin, template]));
  const plannedTemplate = ({ origin }: Manifest): TemplatePlan | undefined => planned.get(origin);
  const reachOf = reaches();
  const isAutoscaled = autoscaledIn({ controlPlane, isSent: sentByPlan(plannedTemplate) });
  const services = new ServicesOfPlan(plan.templates, { isAutoscaled, reachOf, divisions: new StaticDivisions(plan) });
  const { calls, mentions } = callsIn({ ...input, services });
  const facts = { plan, controlPlane, services, reachOf, plannedTemplate, inIstio: inIstio(controlPlane) };
  return calls.map((call) => ({ call, misses: () => missesOf(call, mentions, facts) }));
}

/** A call as data. */
export interface CallAnswer {
  /** Key of the workload that calls. */
  readonly client: string;
  /** Key of the Service, or of a workload without one. */
  readonly server: string;
  /** Keys of the workloads behind it. */
  readonly workloads: readonly string[];
  /** Whether it is declared, not derived from a name. */
  readonly declared: boolean;
  /** The clusters where the client may run. */
  readonly clusters: readonly string[];
  /** Clusters where the client may run and the server has no pod (`always`), or may have none. */
  readonly missing: readonly { readonly cluster: string; readonly always: boolean }[];
}

/** The call as data, without clusters that are not there. */
export function callAnswer(
  { call: { client, server, declared }, misses }: AnsweredCall,
  isThere: (cluster: string) => boolean = () => true,
): CallAnswer {
  return {
    client: client.key,
    server: server.service.key,
    workloads: server.workloads.map(({ key }) => key),
    declared,
    clusters: clientClusters(client).filter(isThere),
    missing: misses()
      .filter(({ cluster }) => isThere(cluster))
      .map(({ cluster, lack }) => ({ cluster, always: lack?.always ?? true })),
  };
}

function clientClusters(client: TemplatePlan): readonly string[] {
  if (!client.countsReplicas) return client.possibleClusters;
  return [...client.final].flatMap(([cluster, { max }]) => (max > 0 ? [cluster] : []));
}
