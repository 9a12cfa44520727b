import type { Cron } from 'cdk8s';
import { standardCronProblem } from '../kubernetes/cron';
import { checkProperties, checkWholeNumber } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { checkValue, listOf, oneOf } from '../problem/value-kinds';
import { quoted } from '../problem/words';

/** A schedule: a CronExpression, its text (`'0 8 * * MON-FRI'`), or a `Cron` of cdk8s or cdk8s-plus. */
export type Schedule = CronExpression | string | Pick<Cron, 'expressionString'>;

/** A time of day. */
export interface TimeOfDay {
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. @default 0 */
  readonly minute?: number;
}

/** Days as cron names them. */
export type Weekday = 'SUN' | 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT';

/**
 * A recurring schedule: minute, hour, day of month, month, day of week. Immutable.
 * Accepts standard cron, the syntax that both Karmada's webhook and its controller read.
 *
 * @example
 * ```ts
 * CronExpression.of('30 8 * * MON-FRI')
 * CronExpression.daily({ hour: 20 })
 * ```
 */
export class CronExpression {
  /**
   * Parses an expression: five fields, or one of `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.
   *
   * @throws ModelError `cron.syntax`
   */
  static of(expression: string): CronExpression {
    return new CronExpression(checkedExpression(expression, 'CronExpression.of'));
  }

  /**
   * Every day at this time.
   *
   * @throws ModelError `number.range` for an invalid time
   */
  static daily(time: TimeOfDay): CronExpression {
    return CronExpression.of(`${clock(time)} * * *`);
  }

  /**
   * On these days of every week, at this time.
   *
   * @throws ModelError `cron.syntax` for an invalid day, `number.range` for an invalid time
   */
  static weekly(days: readonly Weekday[], time: TimeOfDay): CronExpression {
    checkValue(days, weekdays, 'days of CronExpression.weekly');
    return CronExpression.of(`${clock(time)} * * ${days.join(',')}`);
  }

  private constructor(
    /** The expression in cron syntax. */
    readonly expression: string,
  ) {
    Object.freeze(this);
  }

  /** The expression in cron syntax. */
  toString(): string {
    return this.expression;
  }
}

/**
 * Converts a schedule to an expression.
 *
 * @param owner - what the schedule belongs to, for messages
 * @throws ModelError `cron.syntax` for an invalid schedule
 */
export function scheduleExpression(schedule: Schedule, owner: string): string {
  if (schedule instanceof CronExpression) return schedule.expression;
  return checkedExpression(isRecord(schedule) ? (schedule as Partial<Cron>).expressionString : schedule, owner);
}

function checkedExpression(expression: unknown, owner: string): string {
  const problem = standardCronProblem(expression);
  if (problem === undefined) return expression as string;
  throw new ModelError(`${owner}: the schedule ${quoted(expression)} ${problem}`, {
    code: 'cron.syntax',
    fix: 'write minute, hour, day of month, month and day of week, such as "0 8 * * MON-FRI"',
  });
}

const weekdays = listOf(oneOf(['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] satisfies Weekday[]));

function clock(time: TimeOfDay): string {
  checkProperties(time, ['hour', 'minute'], 'time of day');
  const { hour, minute = 0 } = time;
  checkWholeNumber(hour, { atLeast: 0, atMost: 23 }, 'hour');
  checkWholeNumber(minute, { atLeast: 0, atMost: 59 }, 'minute');
  return `${minute} ${hour}`;
}
