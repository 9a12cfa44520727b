import { apiGroup, type KubernetesObject, type LabelSelectorSpec } from '../../kubernetes/object';
import { containerResourceProblems } from '../../kubernetes/resource-names';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';
import { checkAmount, nanosOf } from './resources';

interface Target {
  readonly type?: string;
  readonly value?: string | number;
  readonly averageValue?: string | number;
  readonly averageUtilization?: number;
}

interface Source {
  readonly target?: Target;
  readonly metric?: { readonly selector?: LabelSelectorSpec };
  readonly describedObject?: Reference;
  readonly name?: string;
}

type SourceField = 'containerResource' | 'external' | 'object' | 'pods' | 'resource';

type Metric = { readonly type?: string } & { readonly [Field in SourceField]?: Source };

interface Reference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
}

interface Rules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: string;
  readonly policies?: readonly object[];
  readonly tolerance?: string | number;
}

interface HpaSpec {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
  readonly scaleTargetRef?: Reference;
  readonly metrics?: readonly Metric[];
  readonly behavior?: { readonly scaleUp?: Rules; readonly scaleDown?: Rules };
}

const fields: Readonly<Record<string, SourceField>> = {
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
};

/** @see Kubernetes pkg/apis/autoscaling/validation/validation.go, validateHorizontalPodAutoscalerSpec */
export function checkHorizontalPodAutoscaler({ spec }: KubernetesObject, faults: Faults): void {
  const { minReplicas = 1, maxReplicas = 0, scaleTargetRef, metrics = [], behavior = {} } = (spec ?? {}) as HpaSpec;
  if (spec !== undefined && maxReplicas < minReplicas) {
    faults.invalid(
      'spec.maxReplicas',
      `must be at least minReplicas, ${minReplicas}`,
      'raise it, or lower minReplicas',
    );
  }
  if (scaleTargetRef) {
    const { apiVersion: version = '', kind } = scaleTargetRef;
    if (apiGroup(version) === '' && kind !== 'ReplicationController') {
      faults.invalid(
        'spec.scaleTargetRef.apiVersion',
        `must name an API group, got ${quoted(version)}`,
        'write apps/v1, or the apiVersion of the target',
      );
    } else if (version.split('/').length > 2)
      faults.invalid(
        'spec.scaleTargetRef.apiVersion',
        `must be a group and a version, got ${quoted(version)}`,
        'write apps/v1',
      );
  }
  metrics.forEach((metric, index) => {
    checkMetric(metric, `spec.metrics[${index}]`, faults);
  });
  for (const [name, rules] of Object.entries(behavior)) {
    const at = `spec.behavior.${name}`;
    if (rules.policies !== undefined && rules.policies.length === 0) {
      faults.missing(`${at}.policies`, 'must have at least one policy', 'add a policy, or remove policies');
    }
    if (rules.tolerance !== undefined) checkAmount(rules.tolerance, `${at}.tolerance`, faults);
  }
}

function checkMetric(metric: Metric, path: string, faults: Faults): void {
  const { type = '' } = metric;
  const expected = Object.hasOwn(fields, type) ? fields[type] : undefined;
  const present = Object.values(fields).filter((field) => metric[field] !== undefined);
  if (expected && metric[expected] === undefined) {
    faults.missing(
      `${path}.${expected}`,
      `type ${type} needs the field ${expected}`,
      `add ${expected}, or change the type`,
    );
  }
  for (const field of present) {
    if (present.length > 1 && field !== expected)
      faults.excluded(`${path}.${field}`, 'a metric must have only one source');
  }
  const [first] = present;
  if (!first) return;
  const source = metric[first]!;
  const target = source.target ?? {};
  const at = `${path}.${first}.target`;
  for (const field of ['value', 'averageValue'] as const) checkAmount(target[field], `${at}.${field}`, faults, 1);
  checkLabelSelector(source.metric?.selector, `${path}.${first}.metric.selector`, faults);
  const has = (field: keyof Target) =>
    target[field] !== undefined && (field === 'averageUtilization' || nanosOf(target[field]) !== undefined);
  switch (first) {
    case 'pods':
      if (!has('averageValue')) faults.missing(`${at}.averageValue`, 'a metric of pods needs it');
      break;
    case 'object':
      if (!has('value') && !has('averageValue'))
        faults.missing(`${at}.averageValue`, 'needs value or averageValue', 'add one of them');
      break;
    case 'external':
      if (!has('value') && !has('averageValue'))
        faults.missing(`${at}.averageValue`, 'needs value or averageValue', 'add one of them');
      if (has('value') && has('averageValue'))
        faults.excluded(`${at}.value`, 'has value and averageValue', 'keep one of them');
      break;
    default:
      if (first === 'containerResource' && source.name) {
        for (const problem of containerResourceProblems(source.name))
          faults.invalid(`${path}.${first}.name`, `${quoted(source.name)} ${problem}`, 'use cpu or memory');
      }
      if (!has('averageUtilization') && !has('averageValue')) {
        faults.missing(`${at}.averageUtilization`, 'needs averageUtilization or averageValue', 'add one of them');
      }
      if (has('averageUtilization') && has('averageValue')) {
        faults.excluded(`${at}.averageValue`, 'has averageUtilization and averageValue', 'keep one of them');
      }
  }
}
