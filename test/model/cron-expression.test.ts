import { Cron } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronProblem } from '../../src/kubernetes/cron';
import { CronExpression, scheduleExpression } from '../../src/model/cron-expression';
import { refusal, untyped } from '../support/refusal';

describe('CronExpression', () => {
  test.each([
    '0 8 * * *',
    '*/5 8-18 1,15 * MON-FRI', // recorded as accepted by the webhook
    '0 0 31 JAN *', // likewise
    '0-30/10 * * * 0',
    '0 0 1 1 sun',
    '@daily',
    '@annually',
  ])('takes %j', (expression) => {
    expect(CronExpression.of(expression).expression).toBe(expression);
  });

  test('is made of days and times of day', () => {
    expect(String(CronExpression.daily({ hour: 20 }))).toBe('0 20 * * *');
    expect(String(CronExpression.weekly(['MON', 'FRI'], { hour: 8, minute: 30 }))).toBe('30 8 * * MON,FRI');
  });

  test.each([
    ['60 8 * * *', 'has "60" as minute, which goes from 0 to 59'],
    ['0 24 * * *', 'has "24" as hour, which goes from 0 to 23'],
    ['0 0 0 * *', 'has "0" as day of month, which goes from 1 to 31'],
    ['0 0 * 13 *', 'has "13" as month, which goes from 1 to 12'],
    ['0 0 * * 7', 'has "7" as day of week, which goes from 0 to 6'],
    ['0 0 * * FRI-MON', 'has "FRI-MON" as day of week, which goes from 0 to 6'],
    ['0 0 * * XYZ', 'has "XYZ" as day of week, which goes from 0 to 6'],
    ['*/0 * * * *', 'has "*/0" as minute, which goes from 0 to 59'],
    ['1/2/3 * * * *', 'has "1/2/3" as minute, which goes from 0 to 59'],
    ['', 'must have 5 fields (minute, hour, day of month, month, day of week), has 0'],
    ['0 0 8 * * *', 'must have 5 fields (minute, hour, day of month, month, day of week), has 6'],
    ['@sometimes', 'must be one of @hourly, @daily, @weekly, @monthly, @yearly, @annually'],
  ])('fails when the expression is %j', (expression, problem) => {
    expect(refusal(() => CronExpression.of(expression))).toEqual({
      code: 'cron.syntax',
      message: `CronExpression.of: the schedule ${JSON.stringify(expression)} ${problem}
  fix: write minute, hour, day of month, month and day of week, such as "0 8 * * MON-FRI"`,
    });
  });

  test.each([{ hour: 24 }, { hour: 8, minute: 60 }, { hour: '8' }])('fails when no clock shows %j', (time) => {
    expect(refusal(() => CronExpression.daily(untyped(time))).code).toBe('number.range');
  });
});

describe('any expression that CronExpression takes', () => {
  const item = (from: number, to: number) =>
    fc
      .record({
        first: fc.integer({ min: from, max: to }),
        length: fc.nat(to - from),
        step: fc.integer({ min: 1, max: 60 }),
      })
      .chain(({ first, length, step }) => {
        const range = first + length <= to ? `${first}-${first + length}` : `${first}`;
        return fc.constantFrom('*', `${first}`, range, `*/${step}`, `${range}/${step}`);
      });
  const field = (from: number, to: number) =>
    fc.array(item(from, to), { minLength: 1, maxLength: 3 }).map((items) => items.join(','));
  const expression = fc
    .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6))
    .map((fields) => fields.join(' '));

  test('is one that the webhook of Karmada takes', () => {
    fc.assert(
      fc.property(expression, (text) => {
        expect(cronProblem(CronExpression.of(text).expression)).toBeUndefined();
      }),
    );
  });
});

describe('scheduleExpression', () => {
  test('takes a value, its text, or a Cron of cdk8s', () => {
    expect(scheduleExpression(CronExpression.of('@daily'), 'rule')).toBe('@daily');
    expect(scheduleExpression('@daily', 'rule')).toBe('@daily');
    expect(scheduleExpression(Cron.schedule({ minute: '5' }), 'rule')).toBe('5 * * * *');
  });

  test.each([undefined, 8, {}])('fails when the schedule is %j', (schedule) => {
    expect(refusal(() => scheduleExpression(untyped(schedule), 'rule')).code).toBe('cron.syntax');
  });
});
