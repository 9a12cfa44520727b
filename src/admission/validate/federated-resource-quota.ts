import { child, entry, item } from '../../kubernetes/field-path';
import { clusterNameProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { milliValue, parseQuantity, type Quantity } from '../../kubernetes/quantity';
import { isWholeResource, quotaResourceProblems } from '../../kubernetes/resource-names';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import type { Review } from '../review';

/** Amounts by resource, as decoded quantities. */
type ResourceList = Readonly<Record<string, string>>;

interface Assignment {
  readonly clusterName?: string;
  readonly hard?: ResourceList;
  readonly used?: ResourceList;
}

export type FederatedResourceQuotaObject = KubernetesObject & {
  readonly spec?: { readonly overall?: ResourceList; readonly staticAssignments?: readonly Assignment[] };
  readonly status?: {
    readonly overall?: ResourceList;
    readonly overallUsed?: ResourceList;
    readonly aggregatedStatus?: readonly Assignment[];
  };
};

/**
 * Why Karmada's webhook rejects a FederatedResourceQuota.
 *
 * @see Karmada v1.18.2 pkg/webhook/federatedresourcequota/validating.go
 */
export function* federatedResourceQuotaCauses({
  object,
}: Review<FederatedResourceQuotaObject>): Iterable<FieldProblem> {
  const name = object.metadata?.name ?? '';
  if (name.length > 63) {
    yield fieldProblem(
      'quota-name-length',
      'metadata.name',
      `must be at most 63 characters, has ${name.length}`,
      'use a shorter name: Karmada uses it as a label value',
    );
  }
  const { overall = {}, staticAssignments = [] } = object.spec ?? {};
  yield* resourceListCauses(overall, 'spec.overall');
  yield* assignmentCauses(staticAssignments, 'spec.staticAssignments');
  yield* balanceCauses(overall, staticAssignments);
  const status = object.status ?? {};
  yield* resourceListCauses(status.overall ?? {}, 'status.overall');
  yield* resourceListCauses(status.overallUsed ?? {}, 'status.overallUsed');
  yield* assignmentCauses(status.aggregatedStatus ?? [], 'status.aggregatedStatus');
}

function* assignmentCauses(assignments: readonly Assignment[], path: string): Iterable<FieldProblem> {
  for (const [index, { clusterName = '', hard = {}, used = {} }] of assignments.entries()) {
    const at = item(path, index);
    for (const problem of clusterNameProblems(clusterName)) {
      yield fieldProblem(
        'cluster-name',
        child(at, 'clusterName'),
        `"${clusterName}" ${problem}`,
        'use the name of a member cluster',
      );
    }
    yield* resourceListCauses(hard, child(at, 'hard'));
    yield* resourceListCauses(used, child(at, 'used'));
  }
}

function* resourceListCauses(resources: ResourceList, path: string): Iterable<FieldProblem> {
  for (const [resource, amount] of Object.entries(resources)) {
    const at = entry(path, resource);
    for (const problem of quotaResourceProblems(resource)) {
      yield fieldProblem(
        'quota-resource',
        at,
        `"${resource}" ${problem}`,
        'use a resource of Kubernetes quotas such as cpu, requests.memory or pods, or one with a domain such as example.com/gpu',
      );
    }
    const quantity = quantityOf(amount);
    if (quantity.nanos < 0n)
      yield fieldProblem('quota-amount', at, `must not be negative, got ${amount}`, 'use 0 or more');
    if (isWholeResource(resource) && milliValue(quantity) % 1000n !== 0n) {
      yield fieldProblem('quota-amount', at, `${resource} must be a whole number, got ${amount}`, 'use a whole number');
    }
  }
}

/** Assignments divide the overall amount, so their sum must not exceed it, and overall must have each resource. */
function* balanceCauses(overall: ResourceList, assignments: readonly Assignment[]): Iterable<FieldProblem> {
  for (const [resource, amount] of Object.entries(overall)) {
    const assigned = assignments.reduce((sum, { hard }) => sum + amountOf(hard, resource), 0n);
    if (quantityOf(amount).nanos >= assigned) continue;
    yield fieldProblem(
      'quota-overall',
      entry('spec.overall', resource),
      `${amount} is less than the sum of staticAssignments`,
      'increase it, or assign less to clusters',
    );
  }
  for (const [index, { hard = {} }] of assignments.entries()) {
    for (const resource of Object.keys(hard)) {
      if (Object.hasOwn(overall, resource)) continue;
      yield fieldProblem(
        'quota-overall',
        entry(child(item('spec.staticAssignments', index), 'hard'), resource),
        `${resource} is assigned, but overall has none of it`,
        `add ${resource} to spec.overall`,
      );
    }
  }
}

function amountOf(resources: ResourceList | undefined, resource: string): bigint {
  return resources && Object.hasOwn(resources, resource) ? quantityOf(resources[resource]!).nanos : 0n;
}

/** Decoding has already rejected invalid quantities. */
function quantityOf(amount: string): Quantity {
  return parseQuantity(amount)!;
}
