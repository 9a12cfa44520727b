import type { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { frozen } from '../kubernetes/freeze';
import { wholeSeconds } from '../model/duration-seconds';
import { checkedList, checkOneOf, checkProperties } from '../problem/check-properties';
import { checkWholeNumber } from '../problem/whole-number';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { metadataOfService } from './object-reference';
import type { NamedResource } from './selectable';

/** A port of an imported Service. */
export interface ServiceImportPort {
  /** @default - none, if there is one port */
  readonly name?: string;
  /** 1 to 65535. */
  readonly port: number;
  /** @default 'TCP' */
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
    super(scope, id);
    checkProperties(props, propertyNames, constructName(this));
    const { service, type, ports, ips, sessionAffinity, sessionAffinityConfig, metadata } = props;
    const owner = constructName(this);
    checkOneOf(type, ['ClusterSetIP', 'Headless'], `type of ${owner}`);
    if (sessionAffinity !== undefined) checkOneOf(sessionAffinity, ['ClientIP', 'None'], `sessionAffinity of ${owner}`);
    this.#checkPorts(ports);
    if (checkedList(ips, `ips of ${owner}`).length > 1) {
      throw constructError(this, {
        code: 'import.ips',
        message: `ips names ${ips?.length} addresses`,
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

  #checkPorts(ports: readonly ServiceImportPort[]): void {
    if (!Array.isArray(ports) || ports.length === 0) {
      throw constructError(this, {
        code: 'import.ports',
        message: 'it has no ports',
        why: 'the Service that Karmada derives from it would have no ports',
        fix: 'give the ports of the exported Service, such as [{ port: 80 }]',
      });
    }
    for (const port of ports) {
      checkProperties(port, ['name', 'port', 'protocol', 'appProtocol'], `port of ${constructName(this)}`);
      checkWholeNumber(port.port, { atLeast: 1, atMost: 65535 }, `port of ${constructName(this)}`);
      if (port.protocol !== undefined)
        checkOneOf(port.protocol, ['TCP', 'UDP', 'SCTP'], `protocol of ${constructName(this)}`);
    }
  }

  #clientTimeout(config: ServiceImportProps['sessionAffinityConfig']): number | undefined {
    const at = `sessionAffinityConfig of ${constructName(this)}`;
    if (config === undefined) return undefined;
    checkProperties(config, ['clientIP'], at);
    if (config.clientIP === undefined) return undefined;
    checkProperties(config.clientIP, ['timeout'], `clientIP in ${at}`);
    const { timeout } = config.clientIP;
    return timeout && wholeSeconds(timeout, `timeout in ${at}`);
  }
}

const propertyNames = Object.keys({
  metadata: true,
  service: true,
  type: true,
  ports: true,
  ips: true,
  sessionAffinity: true,
  sessionAffinityConfig: true,
} satisfies Record<keyof ServiceImportProps, true>);
