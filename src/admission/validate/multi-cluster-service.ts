import { child, item } from '../../kubernetes/field-path';
import { metadataCauses, metadataUpdateCauses, resourceVersionCauses } from '../../kubernetes/metadata';
import {
  clusterNameProblems,
  dns1035LabelProblems,
  dnsLabelProblems,
  portNumberProblems,
} from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import type { Review } from '../review';
import { type LoadBalancerStatus, loadBalancerCauses } from './load-balancer';

interface ExposurePort {
  readonly name?: string;
  readonly port?: number;
}

interface ClusterSelector {
  readonly name?: string;
}

export type MultiClusterServiceObject = KubernetesObject & {
  readonly spec?: {
    readonly types?: readonly string[];
    readonly ports?: readonly ExposurePort[];
    readonly providerClusters?: readonly ClusterSelector[];
    readonly consumerClusters?: readonly ClusterSelector[];
  };
  readonly status?: { readonly loadBalancer?: LoadBalancerStatus };
};

const exposureTypes: readonly string[] = ['CrossCluster', 'LoadBalancer'];

/**
 * Why Karmada's webhook rejects a MultiClusterService.
 *
 * @see Karmada v1.18.2 pkg/webhook/multiclusterservice/validating.go
 */
export function* multiClusterServiceCauses(review: Review<MultiClusterServiceObject>): Iterable<FieldProblem> {
  const { object, oldObject, operation } = review;
  const spec = object.spec ?? {};
  if (operation === 'UPDATE') {
    yield* metadataUpdateCauses(object.metadata ?? {}, oldObject?.metadata ?? {});
    if (!review.behindApiServer) yield* resourceVersionCauses(object.metadata ?? {});
    yield* typesUpdateCauses(spec.types, oldObject?.spec?.types);
    yield* loadBalancerCauses(object.status?.loadBalancer, 'status.loadBalancer');
  }
  yield* metadataCauses(object.metadata ?? {}, true, dns1035LabelProblems);
  yield* portCauses(spec.ports ?? []);
  yield* typeCauses(spec.types ?? []);
  yield* clusterCauses(spec.providerClusters ?? [], 'providerClusters');
  yield* clusterCauses(spec.consumerClusters ?? [], 'consumerClusters');
}

function* typesUpdateCauses(
  types: readonly string[] | undefined,
  oldTypes: readonly string[] | undefined,
): Iterable<FieldProblem> {
  const same = types?.length === oldTypes?.length && (types ?? []).every((type, index) => type === oldTypes?.[index]);
  if (same) return;
  yield fieldProblem(
    'types-immutable',
    'spec.types',
    `cannot change from ${(oldTypes ?? []).join(', ') || 'none'} to ${(types ?? []).join(', ') || 'none'}`,
    'keep the types, or delete the MultiClusterService and create another',
  );
}

function* portCauses(ports: readonly ExposurePort[]): Iterable<FieldProblem> {
  const names = new Set<string>();
  for (const [index, { name = '', port = 0 }] of ports.entries()) {
    const path = item('spec.ports', index);
    for (const problem of name === '' ? [] : dnsLabelProblems(name)) {
      yield fieldProblem(
        'port-name',
        child(path, 'name'),
        `"${name}" ${problem}`,
        'use the name of a port of the Service',
      );
    }
    if (name !== '' && names.has(name)) {
      yield fieldProblem(
        'unique-port-name',
        child(path, 'name'),
        `two ports are named "${name}"`,
        'list each port once',
      );
    }
    names.add(name);
    for (const problem of portNumberProblems(port)) {
      yield fieldProblem('port-number', child(path, 'port'), `${problem}, got ${port}`, 'use a port of the Service');
    }
  }
}

function* typeCauses(types: readonly string[]): Iterable<FieldProblem> {
  for (const [index, type] of types.entries()) {
    if (exposureTypes.includes(type)) continue;
    yield fieldProblem(
      'exposure-type',
      item('spec.types', index),
      `"${type}" is not a way to expose a Service`,
      `use ${exposureTypes.join(' or ')}`,
    );
  }
  if (new Set(types).size < 2) return;
  yield fieldProblem('one-exposure-type', 'spec.types', `lists ${types.join(' and ')}`, 'keep one type');
}

function* clusterCauses(clusters: readonly ClusterSelector[], field: string): Iterable<FieldProblem> {
  for (const [index, { name = '' }] of clusters.entries()) {
    for (const problem of clusterNameProblems(name)) {
      yield fieldProblem(
        'cluster-name',
        child(item(`spec.${field}`, index), 'name'),
        `"${name}" ${problem}`,
        'use the name of a member cluster',
        // Karmada's message still has the path of an earlier API version.
        { reportedAs: item(`spec.range.${field}`, index) },
      );
    }
  }
}
