import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { ShapeOf } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { metadataOfService } from './object-reference';
import { checkProps, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** Props of {@link ServiceExport}. */
export interface ServiceExportProps {
  /** Labels, annotations. @default - only the name and namespace of the Service */
  readonly metadata?: ApiObjectMetadata;
  /** The Service to export. The ServiceExport gets its name and namespace. */
  readonly service: NamedResource;
}

/**
 * Marks a Service as exported from the clusters that it runs in. Propagate both with the same policy.
 *
 * @example
 * ```ts
 * new ServiceExport(chart, 'export', { service })
 * ```
 * @see Kubernetes sig-multicluster mcs-api pkg/apis/v1alpha1/serviceexport.go
 */
export class ServiceExport extends Construct {
  readonly apiVersion = 'multicluster.x-k8s.io/v1alpha1';
  readonly kind = 'ServiceExport';
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `reference.object`, `object.name`, `object.namespace` */
  constructor(scope: Construct, id: string, props: ServiceExportProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: metadataOfService(this, props.service, props.metadata),
      fields: {},
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
}

const propsKind = propsOf({ service: resource, metadata } satisfies ShapeOf<ServiceExportProps>);
