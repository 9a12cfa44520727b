import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { frozen } from '../kubernetes/freeze';
import { anything, listOf, name, objectOf, oneOf, type ShapeOf, wholeNumber } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { type NamedClusters, namesOfClusters } from './named-clusters';
import { metadataOfService } from './object-reference';
import { checkProps, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** A port of a Service that is exposed across clusters. */
export interface MultiClusterServicePort {
  /** Name of the port in the Service. @default - identified by its number */
  readonly name?: string;
  /** Number of the port in the Service, 1 to 65535. */
  readonly port: number;
}

/** Props of {@link MultiClusterService}. */
export interface MultiClusterServiceProps {
  /** Labels, annotations. @default - only the name and namespace of the Service */
  readonly metadata?: ApiObjectMetadata;
  /** The Service to expose. The MultiClusterService gets its name and namespace. */
  readonly service: NamedResource;
  /** How to expose it; one type, which cannot be changed later. @default ['CrossCluster'] */
  readonly types?: readonly ('CrossCluster' | 'LoadBalancer')[];
  /** Ports to expose. @default - every port of the Service */
  readonly ports?: readonly MultiClusterServicePort[];
  /** Clusters that the pods behind the Service run in. @default - every cluster */
  readonly providerClusters?: NamedClusters;
  /** Clusters that can call the Service. @default - every cluster */
  readonly consumerClusters?: NamedClusters;
  /**
   * @deprecated Karmada reads it no longer; use providerClusters and consumerClusters.
   * @default - absent
   */
  readonly range?: { readonly clusterNames?: readonly string[] };
  /**
   * @deprecated Karmada reads it no longer; use providerClusters.
   * @default - absent
   */
  readonly serviceProvisionClusters?: readonly string[];
  /**
   * @deprecated Karmada reads it no longer; use consumerClusters.
   * @default - absent
   */
  readonly serviceConsumptionClusters?: readonly string[];
}

/**
 * Makes a Service available in clusters where none of its pods run. Needs the gate MultiClusterService, and pod
 * addresses that are reachable from other clusters.
 *
 * Karmada then propagates the Service itself: do not select it with a policy. The workload still needs a policy.
 *
 * @example
 * ```ts
 * new MultiClusterService(chart, 'expose', { service, providerClusters: ['member1'], consumerClusters: ['member2'] })
 * ```
 * @see Karmada v1.18.2 pkg/apis/networking/v1alpha1/service_types.go
 */
export class MultiClusterService extends Construct {
  readonly apiVersion = 'networking.karmada.io/v1alpha1';
  readonly kind = 'MultiClusterService';
  readonly #object: ApiObject;

  /** @throws ModelError `property.…`, `reference.object`, `service.types`, `service.ports`, `number.range`, `clusters.…`, `object.name` */
  constructor(scope: Construct, id: string, props: MultiClusterServiceProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const {
      service,
      types = ['CrossCluster'],
      ports,
      providerClusters,
      consumerClusters,
      metadata,
      ...deprecated
    } = props;
    this.#checkTypes(types);
    this.#checkPorts(ports ?? []);
    const named = (property: string, clusters: NamedClusters) =>
      namesOfClusters(clusters, `${property} of ${constructName(this)}`).map((name) => ({ name }));
    const spec = frozen({
      types,
      ...(ports && { ports }),
      ...(providerClusters !== undefined && { providerClusters: named('providerClusters', providerClusters) }),
      ...(consumerClusters !== undefined && { consumerClusters: named('consumerClusters', consumerClusters) }),
      ...deprecated,
    });
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: metadataOfService(this, service, metadata),
      fields: { spec },
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /** Namespace of the object. */
  get namespace(): string | undefined {
    return this.#object.metadata.namespace;
  }

  #checkTypes(types: readonly string[]): void {
    if (new Set(types).size === 1) return;
    throw constructError(this, {
      code: 'service.types',
      message: types.length === 0 ? 'types is empty' : `types has both ${types.join(' and ')}`,
      why: types.length === 0 ? 'Karmada stores it, and exposes nothing' : 'Karmada allows one type',
      fix: "leave types out for ['CrossCluster']",
    });
  }

  #checkPorts(ports: readonly MultiClusterServicePort[]): void {
    const twice = ports.find(
      ({ name }, index) => name !== undefined && ports.findIndex((one) => one.name === name) < index,
    );
    if (twice === undefined) return;
    throw constructError(this, {
      code: 'service.ports',
      message: `two ports are named "${twice.name}"`,
      why: 'Karmada identifies ports by their names',
      fix: 'give each port its own name',
    });
  }
}

/** The props that `expose` of a FederatedApp takes as well. */
const exposure = {
  types: listOf(oneOf(['CrossCluster', 'LoadBalancer'])),
  ports: listOf(
    objectOf({ name, port: wholeNumber({ atLeast: 1, atMost: 65535 }) } satisfies ShapeOf<MultiClusterServicePort>, [
      'port',
    ]),
  ),
  providerClusters: anything,
  consumerClusters: anything,
};

/** The kind of `expose` of a FederatedApp. */
export const exposureKind = objectOf(exposure);

const propsKind = propsOf({
  service: resource,
  ...exposure,
  range: objectOf({ clusterNames: listOf(name) }),
  serviceProvisionClusters: listOf(name),
  serviceConsumptionClusters: listOf(name),
  metadata,
} satisfies ShapeOf<MultiClusterServiceProps>);
