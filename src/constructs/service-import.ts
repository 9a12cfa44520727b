import type { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { frozen } from '../kubernetes/freeze';
import { wholeSeconds } from '../model/duration-seconds';
import { checkValue, listOf, name, objectOf, oneOf, type ShapeOf, wholeNumber } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { metadataOfService } from './object-reference';
import { checkProps, duration, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** A port of an imported Service. */
export interface ServiceImportPort {
  /** Name of the port. @default - none, if there is one port */
  readonly name?: string;
  /** Number of the port, 1 to 65535. */
  readonly port: number;
  /** Protocol of the port. @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  /** Application protocol, such as `http`. @default - unknown */
  readonly appProtocol?: string;
}

/** Props of {@link ServiceImport}. */
export interface ServiceImportProps {
  /** Labels, annotations. @default - only the name and namespace of the Service */
  readonly metadata?: ApiObjectMetadata;
  /** The Service to import. The ServiceImport gets its name and namespace; clients call `derived-NAME`. */
  readonly service: NamedResource;
  /** Whether clients call one address, or the addresses of the pods. */
  readonly type: 'ClusterSetIP' | 'Headless';
  /** Ports that clients call. */
  readonly ports: readonly ServiceImportPort[];
  /** A single address. @default - assigned by the cluster */
  readonly ips?: readonly string[];
  /** Whether a client stays with one pod. @default - as the cluster does */
  readonly sessionAffinity?: 'ClientIP' | 'None';
  /** How long a client stays with one pod. @default - as the cluster does */
  readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeout?: Duration } };
}

/**
 * Imports a Service that other clusters export into the clusters that a policy propagates this object to.
 *
 * Karmada makes the Service `derived-NAME` there; the original name does not resolve.
 *
 * @example
 * ```ts
 * new ServiceImport(chart, 'import', { service, type: 'ClusterSetIP', ports: [{ port: 80 }] })
 * ```
 * @see Kubernetes sig-multicluster mcs-api pkg/apis/v1alpha1/serviceimport.go
 */
export class ServiceImport extends Construct {
  readonly apiVersion = 'multicluster.x-k8s.io/v1alpha1';
  readonly kind = 'ServiceImport';
  readonly #object: ApiObject;

  /** @throws ModelError `property.…`, `reference.object`, `import.…`, `number.range`, `duration.…`, `object.name` */
  constructor(scope: Construct, id: string, props: ServiceImportProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { service, type, ports, ips, sessionAffinity, sessionAffinityConfig, metadata } = props;
    checkValue(type, typeKind, () => `type of ${constructName(this)}`);
    this.#checkPorts(ports);
    if (ips !== undefined && ips.length > 1) {
      throw constructError(this, {
        code: 'import.ips',
        message: `ips names ${ips.length} addresses`,
        why: 'an imported Service has one address',
        fix: 'name one, or leave ips out',
      });
    }
    const timeout = this.#clientTimeout(sessionAffinityConfig);
    const spec = frozen({
      type,
      ports,
      ...(ips && { ips }),
      ...(sessionAffinity && { sessionAffinity }),
      ...(timeout !== undefined && { sessionAffinityConfig: { clientIP: { timeoutSeconds: timeout } } }),
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

  #checkPorts(ports: readonly ServiceImportPort[] | undefined): void {
    if (ports === undefined || ports.length === 0) {
      throw constructError(this, {
        code: 'import.ports',
        message: 'it has no ports',
        why: 'the Service that Karmada derives from it would have no ports',
        fix: 'give the ports of the exported Service, such as [{ port: 80 }]',
      });
    }
  }

  #clientTimeout(config: ServiceImportProps['sessionAffinityConfig']): number | undefined {
    const timeout = config?.clientIP?.timeout;
    return timeout && wholeSeconds(timeout, `timeout in sessionAffinityConfig of ${constructName(this)}`);
  }
}

const typeKind = oneOf(['ClusterSetIP', 'Headless']);

const propsKind = propsOf({
  service: resource,
  type: typeKind,
  ports: listOf(
    objectOf(
      {
        name,
        port: wholeNumber({ atLeast: 1, atMost: 65535 }),
        protocol: oneOf(['TCP', 'UDP', 'SCTP']),
        appProtocol: name,
      } satisfies ShapeOf<ServiceImportPort>,
      ['port'],
    ),
  ),
  ips: listOf(name),
  sessionAffinity: oneOf(['ClientIP', 'None']),
  sessionAffinityConfig: objectOf({ clientIP: objectOf({ timeout: duration }) }),
  metadata,
} satisfies ShapeOf<ServiceImportProps>);
