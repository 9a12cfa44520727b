import { child, item } from '../../kubernetes/field-path';
import { metadataCauses } from '../../kubernetes/metadata';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import type { Review } from '../review';
import { type MetricSpec, metricCauses } from './metrics';
import { type ScaleTarget, scaleTargetCauses } from './scale-target';

interface ScalingPolicy {
  readonly type?: string;
  readonly value?: number;
  readonly periodSeconds?: number;
}

/** Limits of an autoscaler in one direction. */
export interface ScalingRules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: string;
  readonly policies?: readonly ScalingPolicy[];
}

export type FederatedHpaObject = KubernetesObject & {
  readonly spec?: {
    readonly scaleTargetRef?: ScaleTarget;
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly metrics?: readonly MetricSpec[];
    readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules };
  };
  readonly status?: { readonly currentReplicas?: number; readonly desiredReplicas?: number };
};

/** Longest stabilization window, in seconds. */
const longestWindow = 3600;
/** Longest period of a scaling policy, in seconds. */
const longestPeriod = 1800;

/**
 * Why Karmada's webhook rejects a FederatedHPA.
 *
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go, ValidateFederatedHPA
 */
export function* federatedHpaCauses({ object }: Review<FederatedHpaObject>): Iterable<FieldProblem> {
  yield* metadataCauses(object.metadata ?? {}, true, dnsSubdomainProblems);
  const spec = object.spec ?? {};
  yield* replicaCauses(spec.minReplicas, spec.maxReplicas ?? 0);
  yield* scaleTargetCauses(spec.scaleTargetRef ?? {}, 'spec.scaleTargetRef');
  for (const [index, metric] of (spec.metrics ?? []).entries())
    yield* metricCauses(metric, item('spec.metrics', index));
  for (const [direction, rules] of Object.entries(spec.behavior ?? {})) {
    yield* scalingRuleCauses(rules, child('spec.behavior', direction));
  }
  for (const field of ['currentReplicas', 'desiredReplicas'] as const) {
    if ((object.status?.[field] ?? 0) >= 0) continue;
    yield fieldProblem('replicas', `status.${field}`, 'must not be negative', 'leave the status to Karmada');
  }
}

function* replicaCauses(minReplicas: number | undefined, maxReplicas: number): Iterable<FieldProblem> {
  if (minReplicas !== undefined && minReplicas < 1) {
    yield fieldProblem(
      'replicas',
      'spec.minReplicas',
      `must be at least 1, got ${minReplicas}`,
      'use 1 or more: Karmada does not scale to zero here; a CronFederatedHPA can',
    );
  }
  if (maxReplicas < 1) {
    yield fieldProblem('replicas', 'spec.maxReplicas', `must be at least 1, got ${maxReplicas}`, 'use 1 or more');
  }
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    yield fieldProblem(
      'replicas-order',
      'spec.maxReplicas',
      `${maxReplicas} is below minReplicas ${minReplicas}`,
      `raise maxReplicas to ${minReplicas} or more`,
    );
  }
}

function* scalingRuleCauses(rules: ScalingRules, path: string): Iterable<FieldProblem> {
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [] } = rules;
  if (window < 0 || window > longestWindow) {
    yield fieldProblem(
      'scaling-window',
      child(path, 'stabilizationWindowSeconds'),
      `must be from 0 to ${longestWindow} seconds, got ${window}`,
      'use a number of seconds up to an hour',
    );
  }
  if (selectPolicy !== undefined && !['Max', 'Min', 'Disabled'].includes(selectPolicy)) {
    yield fieldProblem(
      'scaling-select',
      child(path, 'selectPolicy'),
      `"${selectPolicy}" is not a way to select a policy`,
      'use Max, Min or Disabled',
    );
  }
  if (policies.length === 0) {
    yield fieldProblem(
      'scaling-policies',
      child(path, 'policies'),
      'has no policy',
      'add a policy, or remove the empty list',
    );
  }
  for (const [index, policy] of policies.entries()) {
    yield* scalingPolicyCauses(policy, item(child(path, 'policies'), index));
  }
}

function* scalingPolicyCauses(
  { type = '', value = 0, periodSeconds = 0 }: ScalingPolicy,
  path: string,
): Iterable<FieldProblem> {
  if (type !== 'Pods' && type !== 'Percent') {
    yield fieldProblem(
      'scaling-policy',
      child(path, 'type'),
      `"${type}" is not a type of policy`,
      'use Pods or Percent',
    );
  }
  if (value <= 0) {
    yield fieldProblem('scaling-policy', child(path, 'value'), `must be above 0, got ${value}`, 'use 1 or more');
  }
  if (periodSeconds <= 0 || periodSeconds > longestPeriod) {
    yield fieldProblem(
      'scaling-policy',
      child(path, 'periodSeconds'),
      `must be from 1 to ${longestPeriod} seconds, got ${periodSeconds}`,
      'use a number of seconds up to half an hour',
    );
  }
}
