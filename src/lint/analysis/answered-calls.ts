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
