import { child } from '../../kubernetes/field-path';
import { dnsLabelProblems, pathSegmentProblems } from '../../kubernetes/names';
import { parseQuantity } from '../../kubernetes/quantity';
import { containerResourceProblems } from '../../kubernetes/resource-names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { type ScaleTarget, scaleTargetCauses } from './scale-target';

interface MetricTarget {
  readonly type?: string;
  /** Quantities, as text. */
  readonly value?: string;
  readonly averageValue?: string;
  readonly averageUtilization?: number;
}

interface MetricSource {
  readonly target?: MetricTarget;
  readonly metric?: { readonly name?: string };
  /** Resource that a container or pod uses. */
  readonly name?: string;
  readonly container?: string;
  readonly describedObject?: ScaleTarget;
}

/** `autoscaling/v2` MetricSpec. */
export interface MetricSpec {
  readonly type?: string;
  readonly object?: MetricSource;
  readonly pods?: MetricSource;
  readonly resource?: MetricSource;
  readonly containerResource?: MetricSource;
  readonly external?: MetricSource;
}

type SourceField = 'object' | 'pods' | 'resource' | 'containerResource';

/** Metric types that Karmada can collect from members, and the field of each. */
const sourceFields: Readonly<Record<string, SourceField>> = {
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

/**
 * Why Karmada rejects a metric of an autoscaler.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go, validateMetricSpec
 */
export function* metricCauses(metric: MetricSpec, path: string): Iterable<FieldProblem> {
  const type = metric.type ?? '';
  const expected = Object.hasOwn(sourceFields, type) ? sourceFields[type] : undefined;
  if (expected === undefined) {
    yield fieldProblem(
      'metric-type',
      child(path, 'type'),
      type === 'External' ? 'Karmada cannot collect External metrics' : `"${type}" is not a type of metric`,
      `use ${Object.keys(sourceFields).join(', ')}`,
    );
  }
  const present = Object.values(sourceFields).filter((field) => metric[field] !== undefined);
  // Karmada checks only the first of several sources.
  const first = present[0];
  if (first !== undefined) yield* sourceCauses(first, metric[first]!, child(path, first));
  if (expected !== undefined && metric[expected] === undefined) {
    yield fieldProblem(
      'metric-source',
      child(path, expected),
      `a metric of type ${type} must have the field "${expected}"`,
      `add ${expected}, or change the type`,
    );
  }
  if (present.length < 2) return;
  for (const field of present.filter((one) => one !== expected)) {
    yield fieldProblem('metric-source', child(path, field), 'a metric must have only one source', `remove ${field}`);
  }
}

function* sourceCauses(field: SourceField, source: MetricSource, path: string): Iterable<FieldProblem> {
  if (field === 'object') yield* scaleTargetCauses(source.describedObject ?? {}, child(path, 'describedObject'));
  if (field === 'object' || field === 'pods') yield* metricNameCauses(source, child(path, 'metric.name'));
  else yield* resourceNameCauses(field, source, path);
  const targetPath = child(path, 'target');
  const target = source.target ?? {};
  yield* targetCauses(target, targetPath);
  if (field === 'object' && target.value === undefined && target.averageValue === undefined) {
    yield fieldProblem(
      'metric-target',
      child(targetPath, 'averageValue'),
      'has no target',
      'set value or averageValue',
    );
  }
  if (field === 'pods' && target.averageValue === undefined) {
    yield fieldProblem('metric-target', child(targetPath, 'averageValue'), 'has no target', 'set averageValue');
  }
  if (field === 'resource' || field === 'containerResource') yield* usageTargetCauses(target, targetPath);
}

function* metricNameCauses({ metric }: MetricSource, path: string): Iterable<FieldProblem> {
  const name = metric?.name ?? '';
  if (name === '') yield fieldProblem('metric-name', path, 'the metric has no name', 'set the name');
  for (const problem of pathSegmentProblems(name)) {
    yield fieldProblem('metric-name', path, `"${name}" ${problem}`, 'use the name of a metric');
  }
}

function* resourceNameCauses(
  field: 'resource' | 'containerResource',
  { name = '', container = '' }: MetricSource,
  path: string,
): Iterable<FieldProblem> {
  if (name === '') yield fieldProblem('metric-resource', child(path, 'name'), 'has no resource', 'use cpu or memory');
  if (field === 'resource') return;
  for (const problem of name === '' ? [] : containerResourceProblems(name)) {
    yield fieldProblem('metric-resource', child(path, 'name'), `"${name}" ${problem}`, 'use cpu or memory');
  }
  const problems = container === '' ? ['must name a container'] : dnsLabelProblems(container);
  for (const problem of problems) {
    yield fieldProblem(
      'metric-container',
      child(path, 'container'),
      `"${container}" ${problem}`,
      'use the name of a container',
    );
  }
}

function* usageTargetCauses({ averageUtilization, averageValue }: MetricTarget, path: string): Iterable<FieldProblem> {
  if (averageUtilization === undefined && averageValue === undefined) {
    yield fieldProblem(
      'metric-target',
      child(path, 'averageUtilization'),
      'has no target',
      'set averageUtilization in percent of the request, or averageValue',
    );
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    yield fieldProblem(
      'metric-target',
      child(path, 'averageValue'),
      'averageUtilization and averageValue exclude each other',
      'remove one of the two',
    );
  }
}

function* targetCauses(target: MetricTarget, path: string): Iterable<FieldProblem> {
  const { type = '', averageUtilization } = target;
  if (!['Utilization', 'Value', 'AverageValue'].includes(type)) {
    yield fieldProblem(
      'metric-target-type',
      child(path, 'type'),
      `"${type}" is not a type of target`,
      'use Utilization, Value or AverageValue',
    );
  }
  for (const field of ['value', 'averageValue'] as const) {
    const amount = target[field];
    if (amount === undefined || parseQuantity(amount)!.nanos > 0n) continue;
    yield fieldProblem('metric-target', child(path, field), `must be above 0, got ${amount}`, 'use an amount above 0');
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    yield fieldProblem(
      'metric-target',
      child(path, 'averageUtilization'),
      `must be at least 1 percent, got ${averageUtilization}`,
      'use a percentage of the request',
    );
  }
}
