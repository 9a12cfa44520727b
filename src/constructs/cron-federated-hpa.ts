import { type ApiObject, type ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { plainCopy } from '../kubernetes/plain-copy';
import { type Schedule, scheduleExpression } from '../model/cron-expression';
import type { Problem } from '../problem/problem';
import { anything, checkValue, flag, listOf, objectOf, type ShapeOf, text, wholeNumber } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { checkReference, namespaceProblem, referenceTo } from './object-reference';
import { checkProps, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** A scheduled change by a {@link CronFederatedHPA}. */
export interface CronFederatedHPARule {
  /** Name of the rule, unique in its object: 1 to 32 characters. */
  readonly name: string;
  /** When it runs: a cron expression of five fields, or a value of {@link CronExpression}. */
  readonly schedule: Schedule;
  /** Replicas to set; for a workload, and required there. @default - unchanged */
  readonly targetReplicas?: number;
  /** Lower limit to set; for a FederatedHPA. @default - unchanged */
  readonly targetMinReplicas?: number;
  /** Upper limit to set; for a FederatedHPA. @default - unchanged */
  readonly targetMaxReplicas?: number;
  /** Whether the rule is suspended. @default false */
  readonly suspend?: boolean;
  /** Time zone of the schedule, such as `Europe/Berlin`. @default - the zone of Karmada's controller */
  readonly timeZone?: string;
  /** Successful runs that the status keeps, 1 to 32. @default 3 */
  readonly successfulHistoryLimit?: number;
  /** Failed runs that the status keeps, 0 to 32. @default 3 */
  readonly failedHistoryLimit?: number;
}

/** Props of {@link CronFederatedHPA}. */
export interface CronFederatedHPAProps {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** What to scale: a workload, or a FederatedHPA whose limits change. */
  readonly scaleTargetRef: NamedResource;
  /** The scheduled changes. @default - none yet; add them with `addRule()` before synthesis */
  readonly rules?: readonly CronFederatedHPARule[];
}

/**
 * Scales a workload, or changes the limits of a FederatedHPA, on a schedule.
 *
 * @example
 * ```ts
 * new CronFederatedHPA(chart, 'web', {
 *   scaleTargetRef: deployment,
 *   rules: [
 *     { name: 'morning', schedule: CronExpression.daily({ hour: 8 }), targetReplicas: 10, timeZone: 'Europe/Berlin' },
 *     { name: 'night', schedule: '0 20 * * *', targetReplicas: 2, timeZone: 'Europe/Berlin' },
 *   ],
 * })
 * ```
 * @see Karmada v1.18.2 pkg/apis/autoscaling/v1alpha1/cronfederatedhpa_types.go
 */
export class CronFederatedHPA extends Construct {
  readonly apiVersion = 'autoscaling.karmada.io/v1alpha1';
  readonly kind = 'CronFederatedHPA';
  readonly #rules: CronFederatedHPARule[] = [];
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `reference.object`, `cron.…`, `number.range`, `object.name` */
  constructor(scope: Construct, id: string, props: CronFederatedHPAProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { rules = [] } = props;
    const scaleTargetRef = plainCopy(props.scaleTargetRef);
    checkReference(this, 'scaleTargetRef', scaleTargetRef);
    for (const rule of rules) this.addRule(rule);
    // Lazy, so that rules may be added until synthesis.
    const produce = () => {
      const { apiVersion, kind, name } = referenceTo(scaleTargetRef);
      return { scaleTargetRef: { apiVersion, kind, name }, rules: this.#rules };
    };
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: props.metadata,
      fields: { spec: Lazy.any({ produce }) },
      problems: () => this.#problems(scaleTargetRef),
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /** Namespace of the object. */
  get namespace(): string | undefined {
    return this.#object.metadata.namespace;
  }

  /**
   * Adds a rule; may be called until synthesis.
   *
   * @throws ModelError `property.unknown`, `cron.syntax`, `cron.name`, `cron.target`, `cron.timeZone`, `number.range`
   */
  addRule(rule: CronFederatedHPARule): void {
    checkValue(rule, ruleKind, () => `rule of ${constructName(this)}`);
    const { name, schedule, timeZone, ...settings } = rule;
    this.#checkName(name);
    this.#checkTimeZone(name, timeZone);
    const ruled = `rule "${name}" of ${constructName(this)}`;
    this.#rules.push({
      name,
      schedule: scheduleExpression(schedule, ruled),
      ...settings,
      ...(timeZone !== undefined && { timeZone }),
    });
  }

  #checkName(name: string): void {
    const taken = this.#rules.some((rule) => rule.name === name);
    if (!taken && typeof name === 'string' && name.length >= 1 && name.length <= 32) return;
    throw constructError(this, {
      code: 'cron.name',
      message: taken ? `two rules are named "${name}"` : `a rule has the name ${quoted(name)}`,
      why: 'Karmada identifies rules by their names, of 1 to 32 characters',
      fix: 'give the rule another name',
    });
  }

  #checkTimeZone(name: string, timeZone: string | undefined): void {
    if (timeZone === undefined || isTimeZone(timeZone)) return;
    throw constructError(this, {
      code: 'cron.timeZone',
      message: `rule "${name}" has the time zone "${timeZone}"`,
      why: 'the IANA database has no zone of that name',
      fix: 'write it like Europe/Berlin, or UTC',
    });
  }

  #problems(target: NamedResource): Problem[] {
    if (this.#rules.length === 0) return [noRules];
    const { kind } = referenceTo(target);
    const problem = this.#rules.map((rule) =>
      kind === 'FederatedHPA' ? limitsProblem(rule) : replicasProblem(rule, kind),
    );
    return [
      ...problem.filter((one) => one !== undefined),
      ...namespaceProblem('scaleTargetRef', target, this.namespace),
    ];
  }
}

const propsKind = propsOf({
  scaleTargetRef: resource,
  rules: listOf(anything),
  metadata,
} satisfies ShapeOf<CronFederatedHPAProps>);

const ruleKind = objectOf({
  name: anything,
  schedule: anything,
  targetReplicas: wholeNumber({ atLeast: 0 }),
  targetMinReplicas: wholeNumber({ atLeast: 1 }),
  targetMaxReplicas: wholeNumber({ atLeast: 1 }),
  suspend: flag,
  timeZone: text,
  successfulHistoryLimit: wholeNumber({ atLeast: 1, atMost: 32 }),
  failedHistoryLimit: wholeNumber({ atLeast: 0, atMost: 32 }),
} satisfies ShapeOf<CronFederatedHPARule>);

const noRules: Problem = {
  code: 'cron.rules',
  message: 'it has no rule',
  why: 'Karmada stores it, and scales nothing',
  fix: 'pass `rules`, or call `addRule()` before synthesis',
};

function limitsProblem({
  name,
  targetReplicas,
  targetMinReplicas,
  targetMaxReplicas,
}: CronFederatedHPARule): Problem | undefined {
  if (targetReplicas !== undefined) {
    return {
      code: 'cron.targets',
      message: `rule "${name}" sets targetReplicas of a FederatedHPA`,
      why: 'a FederatedHPA has limits instead of replicas, and Karmada would ignore it',
      fix: 'set targetMinReplicas, targetMaxReplicas or both',
    };
  }
  if (targetMinReplicas === undefined && targetMaxReplicas === undefined) {
    return {
      code: 'cron.targets',
      message: `rule "${name}" sets neither targetMinReplicas nor targetMaxReplicas`,
      why: 'Karmada refuses a rule that does not change the FederatedHPA',
      fix: 'set one of them, or both',
    };
  }
  if (targetMinReplicas === undefined || targetMaxReplicas === undefined || targetMinReplicas <= targetMaxReplicas)
    return undefined;
  return {
    code: 'cron.targets',
    message: `rule "${name}" has targetMinReplicas ${targetMinReplicas} above targetMaxReplicas ${targetMaxReplicas}`,
    why: 'Karmada refuses an empty range',
    fix: `raise targetMaxReplicas to at least ${targetMinReplicas}`,
  };
}

function replicasProblem(rule: CronFederatedHPARule, kind: string): Problem | undefined {
  const limit = (['targetMinReplicas', 'targetMaxReplicas'] as const).find((one) => rule[one] !== undefined);
  if (rule.targetReplicas !== undefined && limit === undefined) return undefined;
  return {
    code: 'cron.targets',
    message: limit ? `rule "${rule.name}" sets ${limit} of a ${kind}` : `rule "${rule.name}" has no targetReplicas`,
    why: `a ${kind} has replicas instead of limits`,
    fix: limit ? `set targetReplicas instead of ${limit}` : 'set targetReplicas',
  };
}

/** Node has the same database as Karmada's controller, which does not accept `Local` and names in the wrong case. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
