import { type ApiObject, type ApiObjectMetadata, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { apiGroup } from '../kubernetes/object';
import { plainCopy } from '../kubernetes/plain-copy';
import type { Problem } from '../problem/problem';
import {
  anything,
  checkValue,
  either,
  listOf,
  name,
  objectOf,
  objectWith,
  oneOf,
  type ShapeOf,
  text,
  wholeNumber,
} from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructName } from './construct-error';
import { checkReference, namespaceProblem, referenceTo } from './object-reference';
import { checkProps, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** The target of requests: a port of a Service, or another object that the ingress controller supports. */
export type IngressBackend =
  | {
      /** The Service, usually one that a MultiClusterService or a ServiceImport exposes. */
      readonly service: NamedResource;
      /** Number or name of its port. */
      readonly port: number | string;
    }
  | {
      /** An object in the namespace of the ingress, such as a storage bucket. */
      readonly resource: NamedResource;
    };

/** How requests for a host are routed. */
export interface IngressRule {
  /** A host name; a leading `*.` matches one label. @default - every host */
  readonly host?: string;
  /** Where requests go, by path. @default - all requests go to the default backend */
  readonly paths?: readonly IngressPath[];
}

/** How requests for a path are routed. */
export interface IngressPath {
  /** Begins with `/`. @default - every path */
  readonly path?: string;
  /** How `path` is compared. */
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  /** What answers the requests. */
  readonly backend: IngressBackend;
}

/** The certificate for some hosts. */
export interface IngressTls {
  /** Hosts for which the certificate is used. @default - the hosts of the certificate */
  readonly hosts?: readonly string[];
  /** The Secret with the certificate, or its name. @default - the default of the controller */
  readonly secret?: NamedResource | string;
}

/** Props of {@link MultiClusterIngress}. */
export interface MultiClusterIngressProps {
  /** Name, namespace, labels, annotations. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** The target of requests that no rule matches. @default - none */
  readonly defaultBackend?: IngressBackend;
  /** Name of the IngressClass whose controller serves it. @default - the default class */
  readonly ingressClassName?: string;
  /** The routing rules. @default - none yet; add them with `addRule()` before synthesis */
  readonly rules?: readonly IngressRule[];
  /** Certificates. @default - none */
  readonly tls?: readonly IngressTls[];
}

/**
 * An Ingress over several clusters: it has the fields of a Kubernetes Ingress, and needs a separate multi-cluster
 * ingress controller.
 *
 * @example
 * ```ts
 * new MultiClusterIngress(chart, 'web', {
 *   rules: [{ host: 'example.com', paths: [{ path: '/', pathType: 'Prefix', backend: { service, port: 80 } }] }],
 * })
 * ```
 * @see Karmada v1.18.2 pkg/apis/networking/v1alpha1/ingress_types.go
 */
export class MultiClusterIngress extends Construct {
  readonly apiVersion = 'networking.karmada.io/v1alpha1';
  readonly kind = 'MultiClusterIngress';
  readonly #rules: IngressRule[] = [];
  readonly #object: ApiObject;

  /** @throws ModelError `property.…`, `reference.object`, `number.range`, `object.name` */
  constructor(scope: Construct, id: string, props: MultiClusterIngressProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { ingressClassName, rules = [] } = props;
    const [defaultBackend, tls] = plainCopy([props.defaultBackend, props.tls ?? []] as const);
    if (defaultBackend !== undefined) this.#checkBackend(defaultBackend, 'defaultBackend');
    for (const rule of rules) this.addRule(rule);
    for (const certificate of tls) this.#checkTls(certificate);
    // Lazy, so that rules may be added until synthesis.
    const produce = () => ({
      ...(defaultBackend && { defaultBackend: backendSpec(defaultBackend) }),
      ...(ingressClassName !== undefined && { ingressClassName }),
      ...(this.#rules.length > 0 && { rules: this.#rules.map(ruleSpec) }),
      ...(tls.length > 0 && { tls: tls.map(tlsSpec) }),
    });
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Namespaced',
      metadata: props.metadata,
      fields: { spec: Lazy.any({ produce }) },
      problems: () => this.#problems(defaultBackend),
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

  /**
   * Adds a rule; may be called until synthesis.
   *
   * @throws ModelError `property.…`, `reference.object`, `number.range`
   */
  addRule(rule: IngressRule): void {
    checkValue(rule, ruleKind, () => `rule of ${constructName(this)}`);
    for (const { backend } of rule.paths ?? []) this.#checkBackend(backend, 'backend');
    this.#rules.push(plainCopy(rule));
  }

  #checkBackend(backend: IngressBackend, property: string): void {
    const at = () => `${property} of ${constructName(this)}`;
    checkValue(backend, anyBackend, at);
    if ('resource' in backend) {
      checkValue(backend, resourceBackend, at);
      checkReference(this, `${property}.resource`, backend.resource);
      return;
    }
    checkValue(backend, serviceBackend, at);
    checkReference(this, `${property}.service`, backend.service);
  }

  #checkTls({ secret }: IngressTls): void {
    if (secret !== undefined && typeof secret !== 'string') checkReference(this, 'tls.secret', secret);
  }

  #problems(defaultBackend: IngressBackend | undefined): Problem[] {
    if (this.#rules.length === 0 && defaultBackend === undefined) return [sendsNowhere];
    const backends = this.#rules.flatMap(({ paths = [] }) => paths.map(({ backend }) => backend));
    if (defaultBackend) backends.push(defaultBackend);
    return backends.flatMap((backend) =>
      namespaceProblem('the backend', 'resource' in backend ? backend.resource : backend.service, this.namespace),
    );
  }
}

const propsKind = propsOf({
  rules: listOf(anything),
  defaultBackend: anything,
  ingressClassName: name,
  tls: listOf(objectOf({ hosts: listOf(name), secret: either(name, resource) } satisfies ShapeOf<IngressTls>)),
  metadata,
} satisfies ShapeOf<MultiClusterIngressProps>);

const ruleKind = objectOf({
  host: name,
  paths: listOf(
    objectOf(
      {
        path: text,
        pathType: oneOf(['Exact', 'Prefix', 'ImplementationSpecific']),
        backend: anything,
      } satisfies ShapeOf<IngressPath>,
      ['pathType', 'backend'],
    ),
  ),
} satisfies ShapeOf<IngressRule>);

const anyBackend = objectWith({});
const resourceBackend = objectOf({ resource });
const serviceBackend = objectOf({ service: resource, port: either(name, wholeNumber({ atLeast: 1, atMost: 65535 })) }, [
  'service',
  'port',
]);

const sendsNowhere: Problem = {
  code: 'ingress.rules',
  message: 'it has neither rules nor a defaultBackend',
  why: 'Karmada refuses an ingress without a target for requests',
  fix: 'pass `rules` or `defaultBackend`, or call `addRule()` before synthesis',
};

function ruleSpec({ host, paths }: IngressRule): object {
  return {
    ...(host !== undefined && { host }),
    ...(paths && {
      http: { paths: paths.map(({ backend, ...path }) => ({ ...path, backend: backendSpec(backend) })) },
    }),
  };
}

function backendSpec(backend: IngressBackend): object {
  if ('resource' in backend) {
    const { apiVersion, kind, name } = referenceTo(backend.resource);
    const group = apiGroup(apiVersion);
    return { resource: { ...(group !== '' && { apiGroup: group }), kind, name } };
  }
  const { port } = backend;
  const { name } = referenceTo(backend.service);
  return { service: { name, port: typeof port === 'string' ? { name: port } : { number: port } } };
}

function tlsSpec({ hosts, secret }: IngressTls): object {
  return {
    ...(hosts && { hosts }),
    ...(secret !== undefined && { secretName: typeof secret === 'string' ? secret : referenceTo(secret).name }),
  };
}
