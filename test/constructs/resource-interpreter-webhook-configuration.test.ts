import { Chart, Duration } from 'cdk8s';
import { Service } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import {
  type InterpreterRule,
  type InterpreterWebhook,
  ResourceInterpreterWebhookConfiguration,
} from '../../src/constructs/resource-interpreter-webhook-configuration';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const rule: InterpreterRule = {
  operations: ['InterpretReplica', 'ReviseReplica'],
  apiGroups: ['example.com'],
  apiVersions: ['v1'],
  kinds: ['Workload'],
};
const webhook: InterpreterWebhook = {
  name: 'workloads.example.com',
  clientConfig: { url: 'https://interpreter.example.com/workloads' },
  rules: [rule],
};

describe('ResourceInterpreterWebhookConfiguration', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    const system = new Chart(chart, 'system', { namespace: 'karmada-system' });
    const service = new Service(system, 'interpreter', { metadata: { name: 'interpreter' }, ports: [{ port: 443 }] });
    const configuration = new ResourceInterpreterWebhookConfiguration(chart, 'workloads', {
      webhooks: [{ ...webhook, clientConfig: { ...webhook.clientConfig, caBundle: 'Y2E=' } }],
    });
    configuration.addWebhook({
      name: 'service.example.com',
      clientConfig: { service, path: '/interpret', port: 8443 },
      rules: [rule],
      timeout: Duration.seconds(5),
      interpreterContextVersions: ['v1alpha1', 'v1'],
    });
    const [object] = ofKind(synth(chart), 'ResourceInterpreterWebhookConfiguration');
    expect(object).toEqual({
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterWebhookConfiguration',
      metadata: { name: 'workloads' },
      webhooks: [
        {
          name: 'workloads.example.com',
          clientConfig: { url: 'https://interpreter.example.com/workloads', caBundle: 'Y2E=' },
          rules: [rule],
          interpreterContextVersions: ['v1alpha1'],
        },
        {
          name: 'service.example.com',
          clientConfig: {
            service: { namespace: 'karmada-system', name: 'interpreter', path: '/interpret', port: 8443 },
          },
          rules: [rule],
          timeoutSeconds: 5,
          interpreterContextVersions: ['v1alpha1', 'v1'],
        },
      ],
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test.each([
    ['a property is misspelled', { ...webhook, rule: [] }, 'property.unknown'],
    ['the address is not https', { ...webhook, clientConfig: { url: 'http://example.com' } }, 'interpreter.client'],
    [
      'an operation is refused by Karmada',
      { ...webhook, rules: [{ ...rule, operations: ['Prune'] }] },
      'property.value',
    ],
    ['the time is too long', { ...webhook, timeout: Duration.seconds(31) }, 'number.range'],
    [
      'both an address and a Service are given',
      { ...webhook, clientConfig: { url: 'https://a', service: {} } },
      'property.unknown',
    ],
  ])('fails when %s', (_, hook, code) => {
    const webhooks = [untyped(hook)];
    expect(refusal(() => new ResourceInterpreterWebhookConfiguration(chartIn(), 'a', { webhooks })).code).toBe(code);
  });

  test('fails when two hooks have one name', () => {
    const webhooks = [webhook, webhook];
    expect(refusal(() => new ResourceInterpreterWebhookConfiguration(chartIn(), 'a', { webhooks })).code).toBe(
      'interpreter.name',
    );
  });

  test.each<[string, InterpreterWebhook[], string]>([
    ['there is no hook', [], 'it has no webhook'],
    ['the name has too few parts', [{ ...webhook, name: 'workloads' }], 'webhooks[0].name'],
    [
      'the Service has no namespace',
      [{ ...webhook, clientConfig: { service: { apiVersion: 'v1', kind: 'Service', name: 'a' } } }],
      'the Service of webhook "workloads.example.com" has no namespace',
    ],
  ])('fails when %s, at synthesis', (_, webhooks, what) => {
    const chart = chartIn();
    new ResourceInterpreterWebhookConfiguration(chart, 'a', { webhooks });
    expect(messageOf(() => synth(chart))).toContain(what);
  });
});
