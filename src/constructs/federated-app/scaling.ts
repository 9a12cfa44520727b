import type { Construct, IConstruct } from 'constructs';
import { podTemplateOf } from '../../kubernetes/pod-template';
import { replicasField } from '../../kubernetes/replicas';
import { scalingBehaviorSpec } from '../../model/scaling-behavior';
import type { Problem } from '../../problem/problem';
import { isRecord } from '../../problem/record';
import { anything, checkValue, listOf, objectOf, type ShapeOf, wholeNumber } from '../../problem/value-kinds';
import { constructError, constructName } from '../construct-error';
import { CronFederatedHPA, type CronFederatedHPARule } from '../cron-federated-hpa';
import { checkMetrics, FederatedHPA, type FederatedHPAProps } from '../federated-hpa';
import { type Chosen, chosenTemplate } from './chosen-template';
import type { DerivedChildren } from './derived-children';
import type { Template } from './template';

/**
 * How a workload is scaled over all clusters together: by load with `maxReplicas`, on a schedule with `rules`.
 * With both, the rules change the limits of scaling by load.
 */
export interface Autoscaling extends Omit<FederatedHPAProps, 'metadata' | 'scaleTargetRef' | 'maxReplicas'> {
  /** The maximum number of replicas over all clusters. @default - no scaling by load */
  readonly maxReplicas?: number;
  /** When to set replicas; with `maxReplicas`, when to change its limits. @default - no scaling on a schedule */
  readonly rules?: readonly CronFederatedHPARule[];
}

/** Scaling requested for an app. */
export interface ScalingRequest {
  readonly autoscaling: Autoscaling;
  /** The workload. @default - the only one that has replicas */
  readonly target: IConstruct | undefined;
}

const autoscalingKind = objectOf({
  maxReplicas: wholeNumber({ atLeast: 1 }),
  minReplicas: wholeNumber({ atLeast: 1 }),
  metrics: anything,
  behavior: anything,
  rules: listOf(anything),
} satisfies ShapeOf<Autoscaling>);

/**
 * Refuses autoscaling without effect.
 *
 * @throws ModelError `property.unknown`, `app.autoscale`
 */
export function checkAutoscaling(app: Construct, autoscaling: Autoscaling): void {
  checkValue(autoscaling, autoscalingKind, () => `autoscale of ${constructName(app)}`);
  const { maxReplicas, rules, ...byLoad } = autoscaling;
  checkMetrics(app, byLoad.metrics);
  if (byLoad.behavior !== undefined) scalingBehaviorSpec(byLoad.behavior, constructName(app));
  const [needy] = Object.entries(byLoad).find(([, value]) => value !== undefined) ?? [];
  if (maxReplicas !== undefined || (rules !== undefined && needy === undefined)) return;
  throw constructError(app, {
    code: 'app.autoscale',
    message:
      needy === undefined
        ? 'autoscale has neither maxReplicas nor rules'
        : `autoscale has ${needy}, but no maxReplicas`,
    why: 'Karmada scales by load up to a maximum, or on a schedule',
    fix: 'give maxReplicas to scale by load, rules to scale on a schedule',
  });
}

/** The autoscalers for the requests whose workload exists. */
export function autoscalers(
  app: Construct,
  children: DerivedChildren,
  templates: readonly Template[],
  requests: readonly ScalingRequest[],
): IConstruct[] {
  return requests.flatMap(({ autoscaling, target }) => {
    const { template } = scaledTemplate(templates, target);
    if (template === undefined) return [];
    const { maxReplicas, rules, ...limits } = autoscaling;
    const { name, namespace, object } = template;
    const metadata = { name, ...(namespace !== undefined && { namespace }) };
    const made: IConstruct[] = [];
    let scaleTargetRef: FederatedHPAProps['scaleTargetRef'] = object;
    if (maxReplicas !== undefined) {
      const byLoad = children.once(
        `FederatedHPA-${name}`,
        (id) => new FederatedHPA(app, id, { metadata, scaleTargetRef: object, maxReplicas, ...limits }),
      );
      made.push(byLoad);
      // Two autoscalers of one workload would conflict, so the rules change the limits of the first.
      scaleTargetRef = byLoad;
    }
    if (rules !== undefined) {
      made.push(
        children.once(
          `CronFederatedHPA-${name}`,
          (id) => new CronFederatedHPA(app, id, { metadata, scaleTargetRef, rules }),
        ),
      );
    }
    return made;
  });
}

/** The problems of the requests, once all workloads exist. */
export function scalingProblems(templates: readonly Template[], requests: readonly ScalingRequest[]): Problem[] {
  return requests.flatMap(({ target }): Problem[] => {
    const { template, problem } = scaledTemplate(templates, target);
    if (problem !== undefined) return [problem];
    if (template === undefined || writtenReplicas(template) !== 0) return [];
    return [
      {
        code: 'app.autoscale',
        message: `autoscale is for ${template.kind} "${template.name}" at ${template.object.node.path}, which has replicas 0`,
        why: 'Karmada does not scale up from 0',
        fix: 'set replicas to at least 1, or leave it out',
      },
    ];
  });
}

function scaledTemplate(templates: readonly Template[], target: IConstruct | undefined): Chosen {
  return chosenTemplate(templates, target, {
    isCandidate: (template) => replicasField(template) === 'replicas' || isCustomWorkload(template),
    property: 'autoscale',
    role: 'workload with replicas',
    call: 'addAutoscaling(autoscaling, workload)',
  });
}

function isCustomWorkload(template: Template): boolean {
  return writtenReplicas(template) !== undefined && podTemplateOf(template.manifest()) !== undefined;
}

function writtenReplicas(template: Template): number | undefined {
  const { spec } = template.manifest();
  const replicas = isRecord(spec) ? spec['replicas'] : undefined;
  return typeof replicas === 'number' ? replicas : undefined;
}
