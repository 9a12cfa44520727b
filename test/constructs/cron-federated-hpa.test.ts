import { Cron } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { CronFederatedHPA, type CronFederatedHPARule } from '../../src/constructs/cron-federated-hpa';
import { FederatedHPA } from '../../src/constructs/federated-hpa';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { CronExpression } from '../../src/model/cron-expression';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const morning: CronFederatedHPARule = { name: 'morning', schedule: '0 8 * * *', targetReplicas: 10 };

describe('CronFederatedHPA', () => {
  test('writes what its author says, every field of a rule for workloads', () => {
    const chart = chartIn();
    const cron = new CronFederatedHPA(chart, 'web', { scaleTargetRef: web });
    cron.addRule({
      ...morning,
      schedule: CronExpression.weekly(['MON', 'FRI'], { hour: 8, minute: 30 }),
      suspend: true,
      timeZone: 'Europe/Berlin',
      successfulHistoryLimit: 1,
      failedHistoryLimit: 0,
    });
    cron.addRule({ name: 'night', schedule: Cron.daily(), targetReplicas: 0 });
    const [object] = synth(chart);
    expect(object?.spec).toEqual({
      scaleTargetRef: web,
      rules: [
        {
          name: 'morning',
          schedule: '30 8 * * MON,FRI',
          targetReplicas: 10,
          suspend: true,
          timeZone: 'Europe/Berlin',
          successfulHistoryLimit: 1,
          failedHistoryLimit: 0,
        },
        { name: 'night', schedule: '0 0 * * *', targetReplicas: 0 },
      ],
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual(['spec.rules[].targetMaxReplicas', 'spec.rules[].targetMinReplicas']);
  });

  test('moves the limits of a FederatedHPA', () => {
    const chart = chartIn();
    const hpa = new FederatedHPA(chart, 'web', { scaleTargetRef: web, maxReplicas: 5 });
    const rules = [{ name: 'morning', schedule: '@daily', targetMinReplicas: 2, targetMaxReplicas: 8 }];
    new CronFederatedHPA(chart, 'clock', { scaleTargetRef: hpa, rules });
    expect(ofKind(synth(chart), 'CronFederatedHPA')).toMatchObject([
      {
        metadata: { name: 'clock', namespace: 'shop' },
        spec: {
          scaleTargetRef: { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'FederatedHPA', name: 'web' },
          rules,
        },
      },
    ]);
  });

  test.each([
    ['a property is misspelled', { ...morning, replicas: 1 }, 'property.unknown'],
    ['the schedule is none', { ...morning, schedule: '60 8 * * *' }, 'cron.syntax'],
    ['the time zone is none', { ...morning, timeZone: 'Europe/Atlantis' }, 'cron.timeZone'],
    ['the name is too long', { ...morning, name: 'n'.repeat(33) }, 'cron.name'],
    ['the replicas are negative', { ...morning, targetReplicas: -1 }, 'number.range'],
    ['a lower limit is 0', { ...morning, targetMinReplicas: 0 }, 'number.range'],
    ['the history is too long', { ...morning, successfulHistoryLimit: 33 }, 'number.range'],
  ])('fails when %s', (_, rule, code) => {
    const rules = [untyped(rule)];
    expect(refusal(() => new CronFederatedHPA(chartIn(), 'web', { scaleTargetRef: web, rules })).code).toBe(code);
  });

  test('fails when two rules have one name', () => {
    const rules = [morning, morning];
    expect(refusal(() => new CronFederatedHPA(chartIn(), 'web', { scaleTargetRef: web, rules }))).toEqual({
      code: 'cron.name',
      message: `CronFederatedHPA "shop/web": two rules are named "morning"
  why: Karmada identifies rules by their names, of 1 to 32 characters
  fix: give the rule another name`,
    });
  });

  test.each<[string, CronFederatedHPARule[], string]>([
    ['there is no rule', [], 'it has no rule'],
    ['a workload gets no replicas', [{ name: 'a', schedule: '@daily' }], 'rule "a" has no targetReplicas'],
    [
      'a workload gets limits',
      [{ name: 'a', schedule: '@daily', targetReplicas: 1, targetMaxReplicas: 2 }],
      'rule "a" sets targetMaxReplicas of a Deployment',
    ],
  ])('fails when %s, at synthesis', (_, rules, what) => {
    const chart = chartIn();
    new CronFederatedHPA(chart, 'web', { scaleTargetRef: web, rules });
    expect(messageOf(() => synth(chart))).toContain(what);
  });

  test.each<[string, object, string]>([
    ['replicas', { targetReplicas: 1 }, 'rule "a" sets targetReplicas of a FederatedHPA'],
    ['nothing', {}, 'rule "a" sets neither targetMinReplicas nor targetMaxReplicas'],
    [
      'limits the wrong way round',
      { targetMinReplicas: 3, targetMaxReplicas: 2 },
      'rule "a" has targetMinReplicas 3 above targetMaxReplicas 2',
    ],
  ])('fails when a FederatedHPA gets %s', (_, settings, what) => {
    const chart = chartIn();
    const target = { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'FederatedHPA', name: 'web' };
    const rules = [{ name: 'a', schedule: '@daily', ...settings }];
    new CronFederatedHPA(chart, 'web', { scaleTargetRef: target, rules });
    expect(messageOf(() => synth(chart))).toContain(what);
  });
});
