import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronProblem } from '../../src/kubernetes/cron';

// Read from the source of adhocore/gronx, the library that Karmada's webhook calls.
describe('cronProblem', () => {
  test.each([
    '0 8 * * *',
    '*/5 8-18 1,15 * MON-FRI',
    '0 0 31 JAN *',
    '@daily',
    '@Hourly',
    '@everysecond',
    ' 0\t8 * * * ',
    '0 0 1 1 * 2030',
    '30 0 8 * * *',
    '0 0 L * *',
    '0 0 15W * *',
    '0 0 * * 5L',
    '0 0 * * 1#2',
    '0 0 ? * ?',
    '5/15 * * * *',
    '* * 0 * *',
    '+5 * * * *',
    '*,99 * * * *',
    '1-2-3 * * * *',
  ])('passes: "%s"', (expression) => {
    expect(cronProblem(expression)).toBeUndefined();
  });

  test.each([
    ['', 'must have 5 fields (minute, hour, day of month, month, day of week), has 1'],
    ['@every 5m', 'must have 5 fields (minute, hour, day of month, month, day of week), has 2'],
    ['@reboot', 'must have 5 fields (minute, hour, day of month, month, day of week), has 1'],
    ['60 8 * * *', 'minute 60 must be within 0 to 59'],
    ['0 24 * * *', 'hour 24 must be within 0 to 23'],
    ['0 8 32 * *', 'day of month 32 must be within 1 to 31'],
    ['0 8 * 13 *', 'month 13 must be within 1 to 12'],
    ['0 8 * * 8', 'day of week 8 must be within 0 to 7'],
    ['0 8 * * FRI-MON', 'range "5-1" of day of week ends before it begins'],
    ['0-70 8 * * *', 'range "0-70" of minute must be within 0 to 59'],
    ['5- * * * *', 'range "5-" of minute must be two numbers'],
    ['*/0 * * * *', 'step "0" of minute must be a number above 0'],
    ['5/-1 * * * *', 'step "-1" of minute must be a number above 0'],
    ['x/5 * * * *', 'minute "X" is not a number'],
    ['* * 0/5,LW * *', 'day of month "LW" must be L or a day and W, such as 15W'],
    ['* * * * L', 'day of week "L" must be a day and L, such as 5L, or a day and its count, such as 5#2'],
    ['CRON_TZ=UTC 0 8 * * *', 'second "CRON_TZ=UTC" is not a number'],
    ['\n0 8 * * *', 'second "" is not a number'],
    ['0 0 1 1 * 99999', 'year 99999 must be within 1 to 9999'],
  ])('fails for "%s"', (expression, problem) => {
    expect(cronProblem(expression)).toBe(problem);
  });

  test('any text has an answer', () => {
    fc.assert(fc.property(fc.string(), (text) => ['string', 'undefined'].includes(typeof cronProblem(text))));
  });
});
