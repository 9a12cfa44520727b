import { describe, expect, test } from 'vitest';
import { callWebhooks } from '../../../src/admission';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { cronFederatedHpa, federatedHpa } from '../../support/karmada-objects';

/** What the webhooks say, one line a cause. */
function told(object: KubernetesObject): readonly string[] {
  return callWebhooks(object).causes.map(({ path, message }) => `${path}: ${message}`);
}

const metric = (one: object): KubernetesObject => federatedHpa({ metrics: [one] });
const resource = (target: object): KubernetesObject =>
  metric({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', ...target } } });
const scaleUp = (rules: object): KubernetesObject => federatedHpa({ behavior: { scaleUp: rules } });

// facts.md B.4, FederatedHPA; wording of autoscaling/v2 is Kubernetes'.
describe('a FederatedHPA', () => {
  test.each([
    {
      what: 'bounds are below one',
      object: federatedHpa({ minReplicas: 0, maxReplicas: 0 }),
      expected: ['spec.minReplicas: must be at least 1, got 0', 'spec.maxReplicas: must be at least 1, got 0'],
    },
    {
      what: 'bounds are out of order',
      object: federatedHpa({ minReplicas: 6 }),
      expected: ['spec.maxReplicas: 5 is below minReplicas 6'],
    },
    {
      what: 'the target is no object',
      object: federatedHpa({ scaleTargetRef: { kind: 'a/b' } }),
      expected: [
        'spec.scaleTargetRef.kind: "a/b" must not contain "/"',
        'spec.scaleTargetRef.name: the reference has no name',
      ],
    },
    {
      what: 'a metric is external',
      object: metric({ type: 'External', external: { metric: { name: 'q' }, target: { type: 'Value', value: '1' } } }),
      expected: ['spec.metrics[0].type: Karmada cannot collect External metrics'],
    },
    {
      what: 'a metric has not the source of its type, but two others',
      object: metric({
        type: 'Resource',
        pods: { metric: { name: 'q' }, target: { type: 'AverageValue', averageValue: '1' } },
        object: {
          describedObject: { kind: 'Service', name: 's' },
          metric: { name: 'q' },
          target: { type: 'Value', value: '1' },
        },
      }),
      expected: [
        'spec.metrics[0].resource: a metric of type Resource must have the field "resource"',
        'spec.metrics[0].object: a metric must have only one source',
        'spec.metrics[0].pods: a metric must have only one source',
      ],
    },
    {
      what: 'a target is of no type and without a number',
      object: resource({ type: 'Foo' }),
      expected: [
        'spec.metrics[0].resource.target.type: "Foo" is not a type of target',
        'spec.metrics[0].resource.target.averageUtilization: has no target',
      ],
    },
    {
      what: 'a target has two numbers, neither above zero',
      object: resource({ averageUtilization: 0, averageValue: '0' }),
      expected: [
        'spec.metrics[0].resource.target.averageValue: must be above 0, got 0',
        'spec.metrics[0].resource.target.averageUtilization: must be at least 1 percent, got 0',
        'spec.metrics[0].resource.target.averageValue: averageUtilization and averageValue exclude each other',
      ],
    },
    {
      what: 'metrics of pods and objects have no name and no target',
      object: federatedHpa({
        metrics: [
          { type: 'Pods', pods: { metric: { name: 'a%b' }, target: { type: 'AverageValue' } } },
          {
            type: 'Object',
            object: { describedObject: { kind: 'Service', name: 's' }, metric: {}, target: { type: 'Value' } },
          },
        ],
      }),
      expected: [
        'spec.metrics[0].pods.metric.name: "a%b" must not contain "%"',
        'spec.metrics[0].pods.target.averageValue: has no target',
        'spec.metrics[1].object.metric.name: the metric has no name',
        'spec.metrics[1].object.target.averageValue: has no target',
      ],
    },
    {
      what: 'a container and its resource are none',
      object: metric({
        type: 'ContainerResource',
        containerResource: { name: 'pods', container: 'A', target: { type: 'Utilization', averageUtilization: 50 } },
      }),
      expected: [
        'spec.metrics[0].containerResource.name: "pods" is not a resource of a container',
        'spec.metrics[0].containerResource.container: "A" must be lower case letters, digits and "-", with a letter or digit at both ends',
      ],
    },
    {
      what: 'behaviour is out of bounds',
      object: scaleUp({
        stabilizationWindowSeconds: 3601,
        selectPolicy: 'Any',
        policies: [{ type: 'Nodes', value: 0, periodSeconds: 1801 }],
      }),
      expected: [
        'spec.behavior.scaleUp.stabilizationWindowSeconds: must be from 0 to 3600 seconds, got 3601',
        'spec.behavior.scaleUp.selectPolicy: "Any" is not a way to select a policy',
        'spec.behavior.scaleUp.policies[0].type: "Nodes" is not a type of policy',
        'spec.behavior.scaleUp.policies[0].value: must be above 0, got 0',
        'spec.behavior.scaleUp.policies[0].periodSeconds: must be from 1 to 1800 seconds, got 1801',
      ],
    },
    {
      what: 'a quantity is none',
      object: resource({ averageValue: 'many' }),
      expected: ['spec.metrics[0].resource.target.averageValue: "many" is not a quantity'],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect(told(object)).toEqual(expected);
  });

  // Karmada defaults only a list that is absent, and leaves an empty one out when it writes the object back.
  test('fails when a list of scaling policies is empty', () => {
    expect(told(scaleUp({ policies: [] }))).toEqual(['spec.behavior.scaleUp.policies: has no policy']);
  });
});

// facts.md B.4, CronFederatedHPA.
describe('a CronFederatedHPA', () => {
  const autoscaler = { apiVersion: 'autoscaling.karmada.io/v1alpha1', kind: 'FederatedHPA' };

  test.each([
    {
      what: 'the target is another kind of its own group',
      object: cronFederatedHpa({}, { ...autoscaler, kind: 'CronFederatedHPA' }),
      expected: [
        'spec.scaleTargetRef.kind: of autoscaling.karmada.io/v1alpha1 only a FederatedHPA can be scaled, not "CronFederatedHPA"',
      ],
    },
    {
      what: 'a rule for a workload says no replicas',
      object: cronFederatedHpa({ targetMinReplicas: 1 }),
      expected: ['spec.rules[0].targetReplicas: a rule for a Deployment must set a number of replicas'],
    },
    {
      what: 'replicas are negative',
      object: cronFederatedHpa({ targetReplicas: -1 }),
      expected: ['spec.rules[0].targetReplicas: must not be negative, got -1'],
    },
    {
      what: 'a rule for an autoscaler says no bounds',
      object: cronFederatedHpa({ targetReplicas: 3 }, autoscaler),
      expected: [
        'spec.rules[0].targetMaxReplicas: a rule for a FederatedHPA sets targetMinReplicas, targetMaxReplicas or both',
      ],
    },
    {
      what: 'bounds are below one, or out of order',
      object: cronFederatedHpa({ targetMinReplicas: 4, targetMaxReplicas: 0 }, autoscaler),
      expected: [
        'spec.rules[0].targetMaxReplicas: must be at least 1, got 0',
        'spec.rules[0].targetMinReplicas: 4 is above targetMaxReplicas 0',
      ],
    },
    {
      what: 'schedule and time zone are none',
      object: cronFederatedHpa({ targetReplicas: 1, schedule: '60 8 * * *', timeZone: 'europe/berlin' }),
      expected: [
        'spec.rules[0].schedule: "60 8 * * *" is not a schedule: minute 60 must be within 0 to 59',
        'spec.rules[0].timeZone: "europe/berlin" is not a time zone',
      ],
    },
  ])('fails when $what', ({ object, expected }) => {
    expect(told(object)).toEqual(expected);
  });

  test('fails when two rules have one name', () => {
    const object = cronFederatedHpa({});
    const rule = { name: 'up', schedule: '@daily', targetReplicas: 0 };
    expect(told({ ...object, spec: { ...(object.spec as object), rules: [rule, rule] } })).toEqual([
      'spec.rules[1].name: two rules are named "up"',
    ]);
  });
});
