import type { Construct, IConstruct } from 'constructs';
import { podTemplateOf } from '../../kubernetes/pod-template';
import { replicasField } from '../../kubernetes/replicas';
import { checkProperties, isRecord } from '../../problem/check-properties';
import type { Problem } from '../../problem/problem';
import { constructError, constructName } from '../construct-error';
import { CronFederatedHPA, type CronFederatedHPARule } from '../cron-federated-hpa';
import { FederatedHPA, type FederatedHPAProps } from '../federated-hpa';
import { type Chosen, chosenTemplate } from './chosen-template';
import type { DerivedChildren } from './derived-children';
import type { Template } from './template';

/**
 * How a workload is scaled over all clusters together: by load with `maxReplicas`, by the clock with `rules`.
 * With both, the rules move the limits within which the load scales.
 */
export interface Autoscaling extends Omit<FederatedHPAProps, 'metadata' | 'scaleTargetRef' | 'maxReplicas'> {
  /** The most replicas over all clusters. @default - no scaling by load */
  readonly maxReplicas?: number;
  /** When to set replicas; beside `maxReplicas`, when to move its limits. @default - no scaling by the clock */
  readonly rules?: readonly CronFederatedHPARule[];
}

/** Scaling that an app was asked for. */
export interface ScalingRequest {
  readonly autoscaling: Autoscaling;
  /** The workload. @default - the only one that has replicas */
  readonly target: IConstruct | undefined;
}

const propertyNames = Object.keys({
  minReplicas: true,
  maxReplicas: true,
  metrics: true,
  behavior: true,
  rules: true,
} satisfies Record<keyof Autoscaling, true>);

/**
 * Refuses what scales nothing.
 *
 * @throws ModelError `property.unknown`, `app.autoscale`
 */
export function checkAutoscaling(app: Construct, autoscaling: Autoscaling): void {
  checkProperties(autoscaling, propertyNames, `autoscale of ${constructName(app)}`);
  const { maxReplicas, rules, ...byLoad } = autoscaling;
  const [needy] = Object.entries(byLoad).find(([, value]) => value !== undefined) ?? [];
  if (maxReplicas !== undefined || (rules !== undefined && needy === undefined)) return;
  throw constructError(app, {
    code: 'app.autoscale',
    message:
      needy === undefined
        ? 'autoscale has neither maxReplicas nor rules'
        : `autoscale has ${needy}, but no maxReplicas`,
    why: 'Karmada scales by load up to a maximum, or by the clock',
    fix: 'give maxReplicas to scale by load, rules to scale by the clock',
  });
}

/** The autoscalers that were asked for, of workloads that are there. */
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
      // Two autoscalers of one workload would work against each other: the clock moves the limits of the other one.
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

/** What is wrong with the scaling asked for, now that all workloads are there. */
export function scalingProblems(templates: readonly Template[], requests: readonly ScalingRequest[]): Problem[] {
  return requests.flatMap(({ target }): Problem[] => {
    const { template, problem } = scaledTemplate(templates, target);
    if (problem !== undefined) return [problem];
    if (template === undefined || writtenReplicas(template) !== 0) return [];
    return [
      {
        code: 'app.autoscale',
        message: `autoscale is for ${template.kind} "${template.name}" at ${template.object.node.path}, which has replicas 0`,
        why: 'Karmada does not scale up from none',
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
