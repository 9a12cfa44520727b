import { ApiObject, Chart, Duration, JsonPatch } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import { FederatedHPA, type FederatedHPAProps } from '../../src/constructs/federated-hpa';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { Metric } from '../../src/model/metric';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

describe('FederatedHPA', () => {
  test('writes what its author says, every field of the kind that Karmada accepts', () => {
    const chart = chartIn();
    const selector = {
      matchLabels: { path: 'all' },
      matchExpressions: [{ key: 'verb', operator: 'In', values: ['GET'] }],
    };
    const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' };
    const rules = {
      stabilizationWindow: Duration.minutes(1),
      selectPolicy: 'Min',
      policies: [{ type: 'Percent', value: 50, period: Duration.seconds(30) }],
      tolerance: 0.05,
    } as const;
    new FederatedHPA(chart, 'web', {
      scaleTargetRef: web,
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        Metric.resource('cpu', { averageUtilization: 60 }),
        Metric.resource('memory', { averageValue: '500Mi' }),
        Metric.containerResource('web', 'cpu', { averageUtilization: 70 }),
        Metric.containerResource('web', 'memory', { averageValue: '400Mi' }),
        Metric.pods('http_requests', { averageValue: 100 }, selector),
        Metric.object(ingress, 'requests', { value: '10k' }, selector),
        Metric.object(ingress, 'requests', { averageValue: '1k' }),
      ],
      behavior: { scaleUp: rules, scaleDown: rules },
    });
    const [hpa] = synth(chart);
    const rulesSpec = {
      stabilizationWindowSeconds: 60,
      selectPolicy: 'Min',
      policies: [{ type: 'Percent', value: 50, periodSeconds: 30 }],
      tolerance: '0.05',
    };
    expect(hpa?.spec).toEqual({
      scaleTargetRef: web,
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
        { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '500Mi' } } },
        {
          type: 'ContainerResource',
          containerResource: { container: 'web', name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
        {
          type: 'ContainerResource',
          containerResource: {
            container: 'web',
            name: 'memory',
            target: { type: 'AverageValue', averageValue: '400Mi' },
          },
        },
        {
          type: 'Pods',
          pods: { metric: { name: 'http_requests', selector }, target: { type: 'AverageValue', averageValue: 100 } },
        },
        {
          type: 'Object',
          object: {
            describedObject: ingress,
            metric: { name: 'requests', selector },
            target: { type: 'Value', value: '10k' },
          },
        },
        {
          type: 'Object',
          object: {
            describedObject: ingress,
            metric: { name: 'requests' },
            target: { type: 'AverageValue', averageValue: '1k' },
          },
        },
      ],
      behavior: { scaleUp: rulesSpec, scaleDown: rulesSpec },
    });
    expect(checkSchema(hpa!, { karmada: defaultKarmadaVersion })).toEqual([]);
    // External metrics, and targets that do not go with their metric, are what Karmada refuses.
    expect(unsetFields(hpa!)).toEqual([
      'spec.metrics[].containerResource.target.value',
      'spec.metrics[].external',
      'spec.metrics[].object.target.averageUtilization',
      'spec.metrics[].pods.target.averageUtilization',
      'spec.metrics[].pods.target.value',
      'spec.metrics[].resource.target.value',
    ]);
  });

  test('leaves the minimum, the metrics and the pace to Karmada', () => {
    const chart = chartIn();
    new FederatedHPA(chart, 'web', { scaleTargetRef: web, maxReplicas: 5 });
    expect(synth(chart)).toEqual([
      {
        apiVersion: 'autoscaling.karmada.io/v1alpha1',
        kind: 'FederatedHPA',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { scaleTargetRef: web, maxReplicas: 5 },
      },
    ]);
  });

  test('takes a cdk8s-plus workload, and follows a patch that renames an object', () => {
    const chart = chartIn();
    const deployment = new Deployment(chart, 'shop', { metadata: { name: 'shop' }, containers: [{ image: 'shop' }] });
    const renamed = new ApiObject(chart, 'old', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'old' },
    });
    new FederatedHPA(chart, 'a', { scaleTargetRef: deployment, maxReplicas: 5 });
    new FederatedHPA(chart, 'b', { scaleTargetRef: renamed, maxReplicas: 5 });
    renamed.addJsonPatch(JsonPatch.replace('/metadata/name', 'new'));
    expect(ofKind(synth(chart), 'FederatedHPA')).toMatchObject([
      { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' } } },
      { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'new' } } },
    ]);
  });

  test.each([
    ['a property is misspelled', { scaleTarget: web }, 'property.unknown'],
    ['the target has no name', { scaleTargetRef: { ...web, name: '' } }, 'reference.object'],
    ['the target is a construct without an object', { scaleTargetRef: chartIn() }, 'reference.object'],
    ['the maximum is missing', { maxReplicas: undefined }, 'number.range'],
    ['the minimum is 0', { minReplicas: 0 }, 'number.range'],
    ['the minimum is above the maximum', { minReplicas: 6 }, 'hpa.replicas'],
    ['a metric is no value of Metric', { metrics: [{ type: 'Resource' }] }, 'hpa.metrics'],
    ['there is an empty list of metrics', { metrics: [] }, 'hpa.metrics'],
  ])('fails when %s', (_, props, code) => {
    const all: FederatedHPAProps = untyped({ scaleTargetRef: web, maxReplicas: 5, ...props });
    expect(refusal(() => new FederatedHPA(chartIn(), 'web', all)).code).toBe(code);
  });

  test('fails when the workload is in another namespace', () => {
    const chart = chartIn();
    const other = new Chart(chart, 'bank', { namespace: 'bank' });
    const deployment = new ApiObject(other, 'web', { ...web, metadata: { name: 'web' } });
    new FederatedHPA(chart, 'web', { scaleTargetRef: deployment, maxReplicas: 5 });
    expect(messageOf(() => synth(chart))).toContain(
      `scaleTargetRef is Deployment "web" of namespace "bank", but this object is in "shop"
    why: Karmada looks for it in the namespace of the object that names it
    fix: put both into namespace "bank"`,
    );
  });

  test('fails when a JSON patch makes what Karmada refuses', () => {
    const chart = chartIn();
    const hpa = new FederatedHPA(chart, 'web', { scaleTargetRef: web, minReplicas: 2, maxReplicas: 5 });
    ApiObject.of(hpa).addJsonPatch(JsonPatch.replace('/spec/maxReplicas', 1));
    expect(messageOf(() => synth(chart))).toContain('spec.maxReplicas');
  });
});
