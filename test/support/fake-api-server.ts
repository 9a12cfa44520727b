import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { fieldName, ServerSideApplyStore } from './server-side-apply-store';

/** A kind that the server serves. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Kinds of an ordinary API server, as far as tests need them. */
export const kubernetesKinds: readonly ServedKind[] = [
  served('', 'v1', 'namespaces', 'Namespace', false),
  served('', 'v1', 'configmaps', 'ConfigMap'),
  served('', 'v1', 'secrets', 'Secret'),
  served('', 'v1', 'services', 'Service'),
  served('', 'v1', 'serviceaccounts', 'ServiceAccount'),
  served('', 'v1', 'events', 'Event'),
  served('apps', 'v1', 'deployments', 'Deployment'),
  served('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', false),
  served('apiextensions.k8s.io', 'v1', 'customresourcedefinitions', 'CustomResourceDefinition', false),
];

/** Additional kinds of a Karmada API server. */
export const karmadaKinds: readonly ServedKind[] = [
  served('cluster.karmada.io', 'v1alpha1', 'clusters', 'Cluster', false),
  served('policy.karmada.io', 'v1alpha1', 'propagationpolicies', 'PropagationPolicy'),
  served('policy.karmada.io', 'v1alpha1', 'clusterpropagationpolicies', 'ClusterPropagationPolicy', false),
  served('policy.karmada.io', 'v1alpha1', 'overridepolicies', 'OverridePolicy'),
  served('policy.karmada.io', 'v1alpha1', 'clusteroverridepolicies', 'ClusterOverridePolicy', false),
  served(
    'config.karmada.io',
    'v1alpha1',
    'resourceinterpretercustomizations',
    'ResourceInterpreterCustomization',
    false,
  ),
  served('work.karmada.io', 'v1alpha2', 'resourcebindings', 'ResourceBinding'),
  served('work.karmada.io', 'v1alpha2', 'clusterresourcebindings', 'ClusterResourceBinding', false),
  served('work.karmada.io', 'v1alpha1', 'works', 'Work'),
];

function served(group: string, version: string, plural: string, kind: string, namespaced = true): ServedKind {
  return { group, version, plural, kind, namespaced };
}

/** One request that was answered, as `PATCH /api/v1/…`. */
export interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Hooks of a test between a request and its answer. */
export interface ServerHooks {
  /** Rejects a write, like an admission webhook. @returns the message, or undefined */
  deny?: (object: KubernetesObject, operation: 'apply' | 'delete') => string | undefined;
  /** Overrides the answer. @returns whether it answered */
  intercept?: (request: AnsweredRequest, response: ServerResponse) => boolean;
  /** Called with every stored change. */
  changed?: () => void;
  /** Called with every request that was answered. */
  answered?: (request: AnsweredRequest) => void;
}

/** An API server in this process that answers what kubectl asks for when it reads, applies, compares and deletes. */
export class FakeApiServer {
  readonly store = new ServerSideApplyStore();
  readonly requests: AnsweredRequest[] = [];
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));
  readonly #kinds: ServedKind[];
  hooks: ServerHooks = {};

  constructor(kinds: readonly ServedKind[] = kubernetesKinds) {
    this.#kinds = [...kinds];
    for (const name of ['default', 'karmada-system'])
      this.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Stores an object without checks. */
  add(object: KubernetesObject, manager = 'test'): KubernetesObject {
    const stored = this.store.put(this.keyOf(object), object, manager);
    this.#learn(stored);
    return stored;
  }

  remove(object: KubernetesObject): void {
    this.store.delete(this.keyOf(object));
    this.hooks.changed?.();
  }

  get(kind: string, namespace: string, name: string): KubernetesObject | undefined {
    return this.objects().find(
      (object) =>
        object.kind === kind && (object.metadata?.namespace ?? '') === namespace && object.metadata?.name === name,
    );
  }

  objects(): KubernetesObject[] {
    return this.store.keys.map((key) => this.store.get(key)!);
  }

  /** Writes that changed or would change something, dry runs left out: `PATCH deployments/pipy`. */
  writes(): string[] {
    return this.requests
      .filter(({ method, query }) => method !== 'GET' && !query.has('dryRun'))
      .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`);
  }

  keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
    const found = this.#kinds.find((each) => each.kind === kind && groupVersion(each) === apiVersion);
    if (!found) throw new Error(`${kind} of ${apiVersion} is not served here`);
    return key(found, metadata?.namespace ?? '', metadata?.name ?? '');
  }

  #learn(object: KubernetesObject): void {
    if (object.kind !== 'CustomResourceDefinition') return;
    const { group, names, scope, versions } = object.spec as {
      group: string;
      names: { plural: string; kind: string };
      scope: string;
      versions: { name: string }[];
    };
    if (this.#kinds.some((each) => each.group === group && each.kind === names.kind)) return;
    this.#kinds.push(served(group, versions[0]!.name, names.plural, names.kind, scope === 'Namespaced'));
    this.add({ ...object, status: { conditions: [{ type: 'Established', status: 'True' }] } });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://server');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answered = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams };
    this.requests.push(answered);
    if (this.hooks.intercept?.(answered, response)) return;
    const [code, body] = this.#answerOf(answered, Buffer.concat(chunks).toString('utf8'), request.headers);
    response.writeHead(code, { 'Content-Type': contentType(request, url.pathname) });
    response.end(JSON.stringify(body));
    this.hooks.answered?.(answered);
  }

  /** Answers a request that needs no HTTP. @returns code and body */
  ask(method: string, pathAndQuery: string, body?: object, contentType = 'application/json'): [number, unknown] {
    const { pathname, searchParams } = new URL(pathAndQuery, 'http://server');
    const request = { method, path: pathname, query: searchParams };
    this.requests.push(request);
    const answer = this.#answerOf(request, JSON.stringify(body ?? {}), { 'content-type': contentType });
    this.hooks.answered?.(request);
    // Serialized as on the wire.
    return [answer[0], JSON.parse(JSON.stringify(answer[1]))];
  }

  /** The kind of this name, or of this apiVersion and kind. */
  served(named: { plural: string; version?: string; group?: string } | { apiVersion: string; kind: string }) {
    return this.#kinds.find((each) =>
      'plural' in named
        ? each.plural === named.plural &&
          each.version === (named.version ?? each.version) &&
          each.group === (named.group ?? each.group)
        : each.kind === named.kind && groupVersion(each) === named.apiVersion,
    );
  }

  /** Errors are answered too, otherwise kubectl would wait forever. */
  #answerOf(request: AnsweredRequest, body: string, headers: IncomingHttpHeaders): [number, unknown] {
    try {
      return this.#respond(request, body, headers);
    } catch (error) {
      return status(500, 'InternalError', String(error));
    }
  }

  #respond(request: AnsweredRequest, body: string, headers: IncomingHttpHeaders): [number, unknown] {
    const { path, method } = request;
    const discovered = this.#discovery(path, String(headers.accept ?? ''));
    if (discovered !== undefined) return [200, discovered];
    const target = this.#target(path);
    if (!target) return notFound('the server could not find the requested resource');
    if (target.name === undefined) return [200, this.#list(target, request.query)];
    const name = key(target.kind, target.namespace, target.name);
    const found = this.store.get(name);
    const missing = notFound(`${target.kind.plural} "${target.name}" not found`);
    if (method === 'GET') return found ? [200, found] : missing;
    if (method === 'DELETE') {
      if (!found) return missing;
      return this.#refused(found, 'delete') ?? this.#delete(name);
    }
    const sent = JSON.parse(body) as KubernetesObject;
    if (String(headers['content-type']).includes('apply-patch')) return this.#patch(target, name, sent, request.query);
    if (!found) return missing;
    const merged = this.store.put(name, mergePatch(found, sent) as KubernetesObject, 'kubectl-edit');
    this.hooks.changed?.();
    return [200, merged];
  }

  #delete(name: string): [number, unknown] {
    const { kind, metadata } = this.store.get(name)!;
    this.store.delete(name);
    // The objects of a namespace are removed with it.
    const inside = (each: string) =>
      kind === 'Namespace' && this.store.get(each)?.metadata?.namespace === metadata?.name;
    for (const each of this.store.keys.filter(inside)) this.store.delete(each);
    this.hooks.changed?.();
    return [200, { kind: 'Status', apiVersion: 'v1', status: 'Success' }];
  }

  #patch(target: Target, name: string, object: KubernetesObject, query: URLSearchParams): [number, unknown] {
    const home = key(this.#kinds.find(({ plural }) => plural === 'namespaces')!, '', target.namespace);
    if (target.kind.namespaced && !this.store.get(home)) return notFound(`namespaces "${target.namespace}" not found`);
    const refused = this.#refused(object, 'apply');
    if (refused) return refused;
    const manager = query.get('fieldManager') ?? 'unknown';
    const dryRun = query.has('dryRun');
    const version = this.store.version;
    const result = this.store.apply(name, object, manager, { force: query.get('force') === 'true', dryRun });
    if (Array.isArray(result)) {
      const { apiVersion } = object;
      const causes = result.map(
        ({ manager: owner, path }) => `conflict with "${owner}" using ${apiVersion}: ${fieldName(path)}`,
      );
      const count = `${causes.length} conflict${causes.length === 1 ? '' : 's'}`;
      const message = `Apply failed with ${count}: ${causes.length === 1 ? causes[0] : grouped(causes)}`;
      return status(409, 'Conflict', message);
    }
    if (!dryRun) {
      this.#learn(result as KubernetesObject);
      if (this.store.version !== version) this.hooks.changed?.();
    }
    return [200, result];
  }

  #refused(object: KubernetesObject, operation: 'apply' | 'delete'): [number, unknown] | undefined {
    const message = this.hooks.deny?.(object, operation);
    return message === undefined
      ? undefined
      : status(403, 'Forbidden', `admission webhook denied the request: ${message}`);
  }

  #list(target: Target, query: URLSearchParams): unknown {
    const labels = (query.get('labelSelector') ?? '').split(',').filter((term) => term !== '');
    const items = this.objects().filter(
      (object) =>
        object.kind === target.kind.kind &&
        object.apiVersion === groupVersion(target.kind) &&
        (target.namespace === '' || object.metadata?.namespace === target.namespace) &&
        labels.every((term) => {
          const [label, value] = term.split('=');
          return object.metadata?.labels?.[label!] === value;
        }),
    );
    return { kind: `${target.kind.kind}List`, apiVersion: groupVersion(target.kind), metadata: {}, items };
  }

  #target(path: string): Target | undefined {
    const [, group = '', version, rest] = /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (rest === undefined) return undefined;
    const parts = rest.split('/');
    // `namespaces/NAME` is the object itself, `namespaces/NAME/KIND` what is in it.
    const inNamespace = parts[0] === 'namespaces' && parts.length > 2;
    const [plural, name] = inNamespace ? parts.slice(2) : parts;
    const kind = this.#kinds.find((each) => each.group === group && each.version === version && each.plural === plural);
    return kind && { kind, namespace: inNamespace ? parts[1]! : '', name };
  }

  #discovery(path: string, accept: string): unknown {
    if (path === '/version') return { major: '1', minor: '32', gitVersion: 'v1.32.0' };
    if (path === '/api') return this.#aggregated('', accept);
    if (path === '/apis') return this.#aggregated('named', accept);
    if (path === '/openapi/v3') return this.#openapi();
    const openapi = /^\/openapi\/v3\/(.+)$/.exec(path)?.[1];
    return openapi === undefined ? undefined : this.#openapiOf(openapi);
  }

  #aggregated(which: '' | 'named', accept: string): unknown {
    if (!accept.includes('g=apidiscovery.k8s.io')) throw new Error(`kubectl asks for another discovery: ${accept}`);
    const kinds = this.#kinds.filter(({ group }) => (which === '' ? group === '' : group !== ''));
    const groups = [...new Set(kinds.map(({ group }) => group))];
    const resource = ({ plural, kind, namespaced, group, version }: ServedKind) => ({
      resource: plural,
      responseKind: { group, version, kind },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.toLowerCase(),
      verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
    });
    return {
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      metadata: {},
      items: groups.map((group) => ({
        metadata: { name: group },
        versions: [...new Set(kinds.filter((each) => each.group === group).map(({ version }) => version))].map(
          (version) => ({
            version,
            freshness: 'Current',
            resources: kinds.filter((each) => each.group === group && each.version === version).map(resource),
          }),
        ),
      })),
    };
  }

  #openapi(): unknown {
    const versions = new Set(
      this.#kinds.map(({ group, version }) => (group === '' ? `api/${version}` : `apis/${group}/${version}`)),
    );
    return {
      paths: Object.fromEntries([...versions].map((each) => [each, { serverRelativeURL: `/openapi/v3/${each}` }])),
    };
  }

  /** Just enough for kubectl to see that the server validates fields itself. */
  #openapiOf(path: string): unknown {
    const kinds = this.#kinds.filter((each) =>
      path.endsWith(each.group === '' ? `api/${each.version}` : `apis/${groupVersion(each)}`),
    );
    const parameters = ['fieldValidation', 'dryRun', 'fieldManager'].map((name) => ({ name, in: 'query' }));
    return {
      openapi: '3.0.0',
      info: { title: 'fake', version: '1' },
      paths: Object.fromEntries(
        kinds.map(({ group, version, plural, kind, namespaced }) => [
          `/${path}/${namespaced ? 'namespaces/{namespace}/' : ''}${plural}/{name}`,
          { patch: { parameters, 'x-kubernetes-group-version-kind': { group, version, kind } } },
        ]),
      ),
    };
  }
}

interface Target {
  readonly kind: ServedKind;
  readonly namespace: string;
  /** Absent for a list. */
  readonly name: string | undefined;
}

function key({ group, plural }: ServedKind, namespace: string, name: string): string {
  return `${group}/${plural}/${namespace}/${name}`;
}

function groupVersion({ group, version }: ServedKind): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Several conflicts are grouped by owner, each with its fields. */
function grouped(causes: readonly string[]): string {
  const byOwner = new Map<string, string[]>();
  for (const cause of causes) {
    const [, owner, field] = /^conflict with (.*): (\S+)$/.exec(cause)!;
    byOwner.set(owner!, [...(byOwner.get(owner!) ?? []), field!]);
  }
  return [...byOwner]
    .map(([owner, fields]) => `conflicts with ${owner}:\n${fields.map((field) => `- ${field}`).join('\n')}`)
    .join('\n');
}

/** RFC 7386. */
function mergePatch(value: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
  for (const [field, each] of Object.entries(patch)) {
    if (each === null) delete merged[field];
    else merged[field] = mergePatch(merged[field], each);
  }
  return merged;
}

function status(code: number, reason: string, message: string): [number, unknown] {
  return [code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason, message, code }];
}

function notFound(message: string): [number, unknown] {
  return status(404, 'NotFound', message);
}

function contentType({ headers }: IncomingMessage, path: string): string {
  return (path === '/api' || path === '/apis') && String(headers.accept).includes('g=apidiscovery.k8s.io')
    ? 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
    : 'application/json';
}
