import { type ApiObject, type ApiObjectMetadata, type Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { plainCopy } from '../kubernetes/plain-copy';
import { wholeSeconds } from '../model/duration-seconds';
import { checkWholeNumber } from '../problem/check-properties';
import type { Problem } from '../problem/problem';
import {
  anything,
  checkValue,
  isName,
  kindOf,
  listOf,
  name,
  objectOf,
  objectWith,
  oneOf,
  type ShapeOf,
  text,
  wholeNumber,
  word,
} from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { checkReference, referenceTo } from './object-reference';
import { checkProps, duration, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** An operation that a webhook implements. `*` stands for all of them. */
export type InterpreterOperation =
  | '*'
  | 'InterpretReplica'
  | 'InterpretComponent'
  | 'ReviseReplica'
  | 'Retain'
  | 'AggregateStatus'
  | 'InterpretStatus'
  | 'InterpretHealth'
  | 'InterpretDependency';

/** A server that interprets resources. */
export interface InterpreterWebhook {
  /** A domain name of at least three parts, such as `workloads.example.com`. */
  readonly name: string;
  /** How Karmada reaches the server. */
  readonly clientConfig: InterpreterClient;
  /** The operations and kinds that it implements. @default - none */
  readonly rules?: readonly InterpreterRule[];
  /** Timeout of a request: 1 to 30 seconds. @default - 10 seconds */
  readonly timeout?: Duration;
  /** Versions of the protocol that it supports. @default ['v1alpha1'] */
  readonly interpreterContextVersions?: readonly string[];
}

/** How to reach the server: at an address, or by a Service of the cluster that hosts the control plane. */
export type InterpreterClient =
  | {
      /** An https URL without user, query and fragment. */
      readonly url: string;
      /** CA certificates for the server: PEM, in base64. @default - those of the system */
      readonly caBundle?: string;
    }
  | {
      /** The Service of the server. */
      readonly service: NamedResource;
      /** Path of the requests. @default - the root */
      readonly path?: string;
      /** Port of the Service. @default 443 */
      readonly port?: number;
      /** CA certificates for the server: PEM, in base64. @default - those of the system */
      readonly caBundle?: string;
    };

/** Operations on kinds of resources; `['*']` stands for all. */
export interface InterpreterRule {
  /** What the server answers. */
  readonly operations: readonly InterpreterOperation[];
  /** Groups of the kinds; the empty string stands for the core group. */
  readonly apiGroups: readonly string[];
  /** Versions of the kinds, such as `v1`. */
  readonly apiVersions: readonly string[];
  /** Kinds, such as `Queue`. */
  readonly kinds: readonly string[];
}

/** Props of {@link ResourceInterpreterWebhookConfiguration}. */
export interface ResourceInterpreterWebhookConfigurationProps {
  /** Name, labels, annotations. @default - the construct id as name */
  readonly metadata?: ApiObjectMetadata;
  /** The webhooks. @default - none yet; add them with `addWebhook()` before synthesis */
  readonly webhooks?: readonly InterpreterWebhook[];
}

/**
 * Interprets kinds of resources for Karmada with webhooks: requests to a server over HTTPS.
 *
 * @example
 * ```ts
 * new ResourceInterpreterWebhookConfiguration(chart, 'workloads', {
 *   webhooks: [
 *     {
 *       name: 'workloads.example.com',
 *       clientConfig: { url: 'https://interpreter.example.com/workloads', caBundle },
 *       rules: [{ operations: ['InterpretReplica'], apiGroups: ['example.com'], apiVersions: ['v1'], kinds: ['Workload'] }],
 *     },
 *   ],
 * })
 * ```
 * @see Karmada v1.18.2 pkg/apis/config/v1alpha1/resourceinterpreterwebhook_types.go
 */
export class ResourceInterpreterWebhookConfiguration extends Construct {
  readonly apiVersion = 'config.karmada.io/v1alpha1';
  readonly kind = 'ResourceInterpreterWebhookConfiguration';
  readonly #webhooks: InterpreterWebhook[] = [];
  readonly #object: ApiObject;

  /** @throws ModelError `property.…`, `interpreter.…`, `reference.object`, `duration.…`, `object.name` */
  constructor(scope: Construct, id: string, props: ResourceInterpreterWebhookConfigurationProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    for (const webhook of props.webhooks ?? []) this.addWebhook(webhook);
    // Lazy, so that webhooks may be added until synthesis.
    const produce = () => this.#webhooks.map(webhookSpec);
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      fields: { webhooks: Lazy.any({ produce }) },
      problems: () => this.#problems(),
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /**
   * Adds a webhook; may be called until synthesis.
   *
   * @throws ModelError `property.…`, `interpreter.name`, `interpreter.client`, `reference.object`, `number.range`, `duration.…`
   */
  addWebhook(webhook: InterpreterWebhook): void {
    checkValue(webhook, webhookKind, () => `webhook of ${constructName(this)}`);
    if (this.#webhooks.some(({ name }) => name === webhook.name)) {
      throw constructError(this, {
        code: 'interpreter.name',
        message: `two webhooks are named "${webhook.name}"`,
        why: 'Karmada identifies them by their names',
        fix: 'give each its own name',
      });
    }
    this.#checkClient(webhook.clientConfig);
    if (webhook.timeout !== undefined) {
      const at = `timeout of a webhook of ${constructName(this)}`;
      checkWholeNumber(wholeSeconds(webhook.timeout, at), { atLeast: 1, atMost: 30 }, `${at}, in seconds,`);
    }
    this.#webhooks.push(plainCopy(webhook));
  }

  #checkClient(client: InterpreterClient): void {
    const at = () => `clientConfig of ${constructName(this)}`;
    if ('url' in client) {
      checkValue(client, urlClient, at);
      if (/^https:\/\/[^/?#@]+(\/[^?#]*)?$/.test(client.url)) return;
      throw constructError(this, {
        code: 'interpreter.client',
        message: `clientConfig.url is "${client.url}"`,
        why: 'Karmada only calls https URLs without user, query and fragment',
        fix: 'write it like https://interpreter.example.com/path',
      });
    }
    checkValue(client, serviceClient, at);
    checkReference(this, 'clientConfig.service', client.service);
  }

  #problems(): Problem[] {
    if (this.#webhooks.length === 0) return [noWebhooks];
    const homeless = this.#webhooks.filter(
      ({ clientConfig }) => 'service' in clientConfig && referenceTo(clientConfig.service).namespace === undefined,
    );
    return homeless.map(({ name }) => ({
      code: 'interpreter.namespace',
      message: `the Service of webhook "${name}" has no namespace`,
      why: 'a cluster-scoped object must give the namespace of its Service',
      fix: 'set metadata.namespace of the Service, or the namespace of its chart',
    }));
  }
}

const propsKind = propsOf({
  webhooks: listOf(anything),
  metadata,
} satisfies ShapeOf<ResourceInterpreterWebhookConfigurationProps>);

const operations = Object.keys({
  '*': true,
  InterpretReplica: true,
  InterpretComponent: true,
  ReviseReplica: true,
  Retain: true,
  AggregateStatus: true,
  InterpretStatus: true,
  InterpretHealth: true,
  InterpretDependency: true,
} satisfies Record<InterpreterOperation, true>);

const ruleKind = objectOf(
  {
    operations: listOf(oneOf(operations)),
    apiGroups: listOf(
      kindOf(
        'an API group',
        'write it like "apps", or "" for the core group',
        (value) => value === '' || isName(value),
      ),
    ),
    apiVersions: listOf(name),
    kinds: listOf(name),
  } satisfies ShapeOf<InterpreterRule>,
  ['operations', 'apiGroups', 'apiVersions', 'kinds'],
);

const webhookKind = objectOf(
  {
    name,
    clientConfig: objectWith({}),
    rules: listOf(ruleKind),
    timeout: duration,
    interpreterContextVersions: listOf(name),
  } satisfies ShapeOf<InterpreterWebhook>,
  ['name', 'clientConfig'],
);

const urlClient = objectOf({ url: text, caBundle: word }, ['url']);
const serviceClient = objectOf({
  service: resource,
  path: word,
  port: wholeNumber({ atLeast: 1, atMost: 65535 }),
  caBundle: word,
});

const noWebhooks: Problem = {
  code: 'interpreter.webhooks',
  message: 'it has no webhook',
  why: 'Karmada stores it, but it has no effect',
  fix: 'pass `webhooks`, or call `addWebhook()` before synthesis',
};

function webhookSpec(webhook: InterpreterWebhook): object {
  const { name, clientConfig, rules, timeout, interpreterContextVersions = ['v1alpha1'] } = webhook;
  return {
    name,
    clientConfig: clientSpec(clientConfig),
    ...(rules && { rules }),
    ...(timeout && { timeoutSeconds: wholeSeconds(timeout, 'timeout') }),
    interpreterContextVersions,
  };
}

function clientSpec(client: InterpreterClient): object {
  if ('url' in client) return client;
  const { service, path, port, caBundle } = client;
  const { name, namespace } = referenceTo(service);
  return {
    service: { namespace, name, ...(path !== undefined && { path }), ...(port !== undefined && { port }) },
    ...(caBundle !== undefined && { caBundle }),
  };
}
