import { ApiObject } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/admission/schema/check';
import {
  type InterpreterScripts,
  ResourceInterpreterCustomization,
} from '../../src/constructs/resource-interpreter-customization';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { refusal, untyped } from '../support/refusal';
import { chartIn, messageOf, ofKind, synth } from '../support/synthesis';
import { unsetFields } from '../support/unset-fields';

const target = { apiVersion: 'example.com/v1', kind: 'Workload' };

const scripts: Required<InterpreterScripts> = {
  retention: 'function Retain(desired, observed) return desired end',
  replicaResource: 'function GetReplicas(obj) return obj.spec.replicas, {} end',
  replicaRevision: 'function ReviseReplica(obj, replica) obj.spec.replicas = replica return obj end',
  componentResource: 'function GetComponents(obj) return {} end',
  statusReflection: 'function ReflectStatus(obj) return obj.status end',
  statusAggregation: 'function AggregateStatus(obj, items) return obj end',
  healthInterpretation: 'function InterpretHealth(obj) return true end',
  dependencyInterpretation: 'function GetDependencies(obj) return {} end',
};

describe('ResourceInterpreterCustomization', () => {
  test('writes what its author says, every field of the kind', () => {
    const chart = chartIn();
    new ResourceInterpreterCustomization(chart, 'workload', { target, customizations: scripts });
    const [object] = synth(chart);
    expect(object).toEqual({
      apiVersion: 'config.karmada.io/v1alpha1',
      kind: 'ResourceInterpreterCustomization',
      metadata: { name: 'workload' },
      spec: {
        target,
        customizations: Object.fromEntries(Object.entries(scripts).map(([name, luaScript]) => [name, { luaScript }])),
      },
    });
    expect(checkSchema(object!, { karmada: defaultKarmadaVersion })).toEqual([]);
    expect(unsetFields(object!)).toEqual([]);
  });

  test('takes an object of the kind as its target', () => {
    const chart = chartIn();
    const workload = new ApiObject(chart, 'one', { ...target, metadata: { name: 'one' } });
    const customizations = { healthInterpretation: scripts.healthInterpretation };
    new ResourceInterpreterCustomization(chart, 'workload', { target: workload, customizations });
    expect(ofKind(synth(chart), 'ResourceInterpreterCustomization')).toMatchObject([{ spec: { target } }]);
  });

  test.each([
    ['a property is misspelled', { target, customization: {} }, 'property.unknown'],
    ['an operation is misspelled', { target, customizations: { retain: '' } }, 'property.unknown'],
    [
      'a script has Karmada’s nesting',
      { target, customizations: { retention: { luaScript: '' } } },
      'interpreter.script',
    ],
    ['there is no script', { target, customizations: {} }, 'interpreter.script'],
    ['the target has no kind', { target: { apiVersion: 'v1' }, customizations: scripts }, 'interpreter.target'],
  ])('fails when %s', (_, props, code) => {
    expect(refusal(() => new ResourceInterpreterCustomization(chartIn(), 'workload', untyped(props))).code).toBe(code);
  });

  test('fails when a script is no Lua', () => {
    const chart = chartIn();
    new ResourceInterpreterCustomization(chart, 'workload', {
      target,
      customizations: { healthInterpretation: 'function InterpretHealth(obj) return true' },
    });
    expect(messageOf(() => synth(chart))).toContain('spec.customizations.healthInterpretation');
  });
});
