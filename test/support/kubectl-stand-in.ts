import { readFileSync } from 'node:fs';
import { apiGroup, type KubernetesObject } from '../../src/kubernetes/object';
import { Interrupted, type ProgramResult, type RunProgram } from '../../src/process/run-program';
import type { FakeApiServer } from './fake-api-server';

/**
 * kubectl without a process, as far as apply, status and the lab call it: each call becomes the requests that kubectl
 * sends. `test/apply/kubectl.test.ts` compares its answers with those of the kubectl of this machine.
 *
 * @param serverOf - the server of a kubeconfig; undefined if none answers
 */
export function standInKubectl(serverOf: (kubeconfig: string) => FakeApiServer | undefined): RunProgram {
  return async ({ args, input = '', signal }) => {
    if (signal?.aborted) throw new Interrupted();
    const kubeconfig = args[args.indexOf('--kubeconfig') + 1] ?? '';
    const words = args.filter((_, index) => !isGlobal(args[index]) && !isGlobal(args[index - 1]));
    if (words[0] === 'config') return contexts(kubeconfig);
    const server = serverOf(kubeconfig);
    if (!server) return failed('Unable to connect to the server: dial tcp: connect: connection refused');
    const kubectl = new StandIn(server, signal);
    const result = kubectl.run(words, input);
    return words.includes('--show-managed-fields') ? result : { ...result, stdout: withoutManagers(result.stdout) };
  };
}

function isGlobal(word: string | undefined): boolean {
  return word === '--kubeconfig' || word === '--context';
}

function contexts(kubeconfig: string): ProgramResult {
  try {
    const { contexts: found } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as { contexts: { name: string }[] };
    return printed(
      `${found
        .map(({ name }) => name)
        .sort()
        .join('\n')}\n`,
    );
  } catch (error) {
    return failed(`error: error loading config file "${kubeconfig}": ${error}`);
  }
}

function printed(stdout: string, exitCode = 0): ProgramResult {
  return { exitCode, stdout, stderr: '' };
}

function failed(...lines: readonly string[]): ProgramResult {
  return { exitCode: 1, stdout: '', stderr: `${lines.join('\n')}\n` };
}

class StandIn {
  constructor(
    readonly server: FakeApiServer,
    readonly signal: AbortSignal | undefined,
  ) {}

  run(words: readonly string[], input: string): ProgramResult {
    const [verb, what = ''] = words;
    const option = (name: string) => words[words.indexOf(name) + 1] ?? '';
    const objects = input
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as KubernetesObject);
    if (verb === 'get' && what === '--raw') return this.#raw(option('--raw'));
    if (verb === 'get' && words.includes('-f')) return this.#getThese(objects);
    if (verb === 'get') return this.#getAll(what, words.includes('--namespace') ? option('--namespace') : '', words);
    if (verb === 'apply') return this.#apply(objects, words);
    if (verb === 'delete') return this.#delete(objects);
    if (verb === 'wait') return printed('');
    return failed(`error: the stand-in does not know ${words.join(' ')}`);
  }

  #ask(method: string, path: string, body?: object, contentType?: string): [number, unknown] {
    // A signal also ends kubectl between two requests.
    if (this.signal?.aborted) throw new Interrupted();
    return this.server.ask(method, path, body, contentType);
  }

  #raw(path: string): ProgramResult {
    const [code, body] = path === '/readyz' ? [200, 'ok'] : this.#ask('GET', path);
    return code === 200 ? printed(JSON.stringify(body)) : failed(serverError(body));
  }

  #getAll(kinds: string, namespace: string, words: readonly string[]): ProgramResult {
    const name = words[2] && !words[2].startsWith('-') ? words[2] : undefined;
    if (name !== undefined) {
      const found = this.server.get('Namespace', '', name);
      return found
        ? printed(JSON.stringify(found))
        : failed(`Error from server (NotFound): ${kinds} "${name}" not found`);
    }
    const items: KubernetesObject[] = [];
    for (const each of kinds.split(',')) {
      const [plural = '', version, ...group] = each.split('.');
      const kind = this.server.served({
        plural,
        ...(version && /^v\d/.test(version) && { version, group: group.join('.') }),
      });
      if (!kind) return failed(`error: the server doesn't have a resource type "${plural}"`);
      const base = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
      const where = kind.namespaced && namespace !== '' ? `/namespaces/${namespace}` : '';
      const selector = words.includes('--selector') ? words[words.indexOf('--selector') + 1] : '';
      const query = `labelSelector=${encodeURIComponent(selector ?? '')}`;
      const [code, list] = this.#ask('GET', `${base}${where}/${plural}?${query}`);
      if (code !== 200) return failed(serverError(list));
      items.push(...(list as { items: KubernetesObject[] }).items);
    }
    const format = words[words.indexOf('-o') + 1] ?? '';
    if (!format.startsWith('jsonpath')) return printed(JSON.stringify({ kind: 'List', apiVersion: 'v1', items }));
    const ready = ({ status }: KubernetesObject) =>
      (status as { conditions?: { type: string; status: string }[] } | undefined)?.conditions?.find(
        ({ type }) => type === 'Ready',
      )?.status;
    return printed(items.map((item) => `${item.metadata?.name} ${ready(item) ?? ''}\n`).join(''));
  }

  #getThese(objects: readonly KubernetesObject[]): ProgramResult {
    const unknown = objects.filter((object) => !this.#pathOf(object)).map(noMatches);
    if (unknown.length > 0) return failed(...unknown);
    const found: unknown[] = [];
    for (const object of objects) {
      const [code, body] = this.#ask('GET', this.#pathOf(object)!);
      if (code === 200) found.push(body);
      else if (code !== 404) return failed(serverError(body));
    }
    return printedObjects(found);
  }

  #apply(objects: readonly KubernetesObject[], words: readonly string[]): ProgramResult {
    const manager = words.find((word) => word.startsWith('--field-manager='))?.split('=')[1];
    const query = new URLSearchParams({
      fieldManager: manager ?? 'kubectl',
      force: String(words.includes('--force-conflicts')),
      ...(words.includes('--dry-run=server') && { dryRun: 'All' }),
    });
    const stored: unknown[] = [];
    const errors: string[] = [];
    for (const object of objects) {
      const path = this.#pathOf(object);
      const [code, body] = path
        ? this.#ask('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml')
        : [0, ''];
      if (!path) errors.push(noMatches(object));
      else if (code === 200) stored.push(body);
      else errors.push(serverError(body));
    }
    return errors.length > 0 ? failed(...errors) : printedObjects(stored);
  }

  #delete(objects: readonly KubernetesObject[]): ProgramResult {
    const errors = objects.flatMap((object) => {
      const [code, body] = this.#ask('DELETE', this.#pathOf(object)!);
      return code === 200 || code === 404 ? [] : [serverError(body)];
    });
    return errors.length > 0 ? failed(...errors) : printed('');
  }

  #pathOf(object: KubernetesObject): string | undefined {
    const { apiVersion, metadata } = object;
    const kind = this.server.served(object);
    if (!kind) return undefined;
    const namespace = kind.namespaced ? `namespaces/${metadata?.namespace}/` : '';
    return `/${apiGroup(apiVersion) === '' ? 'api' : 'apis'}/${apiVersion}/${namespace}${kind.plural}/${metadata?.name}`;
  }
}

/** kubectl omits managed fields by default. */
function withoutManagers(stdout: string): string {
  if (!stdout.startsWith('{')) return stdout;
  return JSON.stringify(JSON.parse(stdout, (key, value) => (key === 'managedFields' ? undefined : value)));
}

function printedObjects(objects: readonly unknown[]): ProgramResult {
  if (objects.length === 0) return printed('');
  return printed(
    JSON.stringify(
      objects.length === 1 ? objects[0] : { kind: 'List', apiVersion: 'v1', items: objects, metadata: {} },
    ),
  );
}

function noMatches({ apiVersion, kind, metadata }: KubernetesObject): string {
  const { name, namespace = '' } = metadata ?? {};
  return `error: resource mapping not found for name: "${name}" namespace: "${namespace}" from "STDIN": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`;
}

function serverError(body: unknown): string {
  const { reason, message } = body as { reason: string; message: string };
  if (reason !== 'Conflict') return `Error from server (${reason}): ${message}`;
  return `error: ${message}\nPlease review the fields above--they currently have other managers.`;
}
