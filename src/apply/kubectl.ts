import type { KubernetesObject } from '../kubernetes/object';
import { EnvironmentError } from '../problem/environment-error';
import { connectionProblem, expiredClientCertificate, kubectlMessage } from './kubectl-problem';
import type { ProgramCall, ProgramResult, RunProgram } from './run-program';

/** The field manager that our writes carry. */
export const fieldManager = 'cdk8s-karmada';

/** The one server that a command talks to. */
export interface KubectlTarget {
  /** Path of the kubeconfig file. */
  readonly kubeconfig: string;
  readonly context: string;
}

/** How objects are applied. */
export interface ApplyOptions {
  /** Let the server do everything but keep the result. @default false */
  readonly dryRun?: boolean;
  /** Take fields over that others own. @default false */
  readonly forceConflicts?: boolean;
}

interface ObjectList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items?: readonly KubernetesObject[] | null;
}

/** The kubectl of this machine, pinned to one kubeconfig and one context. */
export class Kubectl {
  constructor(
    readonly target: KubectlTarget,
    readonly run: RunProgram,
    readonly signal?: AbortSignal,
  ) {}

  /** A call of kubectl, with the server pinned. */
  call(args: readonly string[], input?: string): ProgramCall {
    const { kubeconfig, context } = this.target;
    // A diff program of the user's might show more than ours, or wait for somebody.
    const { KUBECTL_EXTERNAL_DIFF: _, ...env } = process.env;
    return {
      program: 'kubectl',
      args: ['--kubeconfig', kubeconfig, '--context', context, ...args],
      env,
      ...(input !== undefined && { input }),
      ...(this.signal && { signal: this.signal }),
    };
  }

  /**
   * Runs kubectl, whatever the server answers.
   *
   * @throws EnvironmentError when there is no answer
   */
  async result(args: readonly string[], input?: string): Promise<ProgramResult> {
    const result = await this.run(this.call(args, input));
    if (result.exitCode === 0) return result;
    const problem = connectionProblem(result, this.target.context);
    if (!problem) return result;
    const ended = /does not accept/.test(problem.message) ? await this.#certificateEnd() : undefined;
    if (ended === undefined) throw problem;
    throw new EnvironmentError(
      `the client certificate in the kubeconfig has expired: it was valid to ${ended} (${this.target.context})`,
      'take a kubeconfig with a valid certificate',
    );
  }

  /**
   * Runs kubectl for its output.
   *
   * @throws EnvironmentError when it fails, with what it said
   */
  async output(args: readonly string[], input?: string): Promise<string> {
    const result = await this.result(args, input);
    if (result.exitCode === 0) return result.stdout;
    throw new EnvironmentError(
      `kubectl ${args.join(' ')} failed: ${kubectlMessage(result)}`,
      'see what the server says above',
    );
  }

  /** What the server answers to a path; undefined where there is nothing at it. */
  async raw(path: string): Promise<unknown> {
    const result = await this.result(['get', '--raw', path, '--request-timeout', '20s']);
    if (result.exitCode === 0) return JSON.parse(result.stdout);
    if (/\(NotFound\)|could not find the requested resource/.test(result.stderr)) return undefined;
    throw new EnvironmentError(
      `the API server refuses ${path}: ${kubectlMessage(result)}`,
      'see that the user of the kubeconfig may read it, and that the control plane is whole',
    );
  }

  /** The objects of a list at a path; undefined where there is nothing at it. */
  async list(path: string): Promise<readonly KubernetesObject[] | undefined> {
    const list = (await this.raw(path)) as ObjectList | undefined;
    if (list === undefined) return undefined;
    // Lists of one kind leave kind and apiVersion out of their items.
    const kind = list.kind.replace(/List$/, '');
    return (list.items ?? []).map((item) => ({
      ...item,
      apiVersion: item.apiVersion ?? list.apiVersion,
      kind: item.kind ?? kind,
    }));
  }

  /**
   * Every object of some kinds, in one call.
   *
   * @param kinds - as `resourcebindings.v1alpha2.work.karmada.io`
   * @param namespace - the one to look in @default - all
   */
  async objectsOf(kinds: readonly string[], namespace?: string): Promise<readonly KubernetesObject[]> {
    const where = namespace === undefined ? ['--all-namespaces'] : ['--namespace', namespace];
    return objectsIn(await this.output(['get', kinds.join(','), ...where, '-o', 'json']));
  }

  /** Those of the objects that exist, as the server has them. Kinds that it does not serve count as not there. */
  async live(objects: readonly KubernetesObject[]): Promise<readonly KubernetesObject[]> {
    if (objects.length === 0) return [];
    const references = objects.map(
      ({ apiVersion, kind, metadata }): KubernetesObject => ({
        apiVersion,
        kind,
        metadata: { name: metadata?.name ?? '', ...(metadata?.namespace && { namespace: metadata.namespace }) },
      }),
    );
    const args = ['get', '-f', '-', '-o', 'json', '--ignore-not-found', '--show-managed-fields'];
    const result = await this.result(args, objectsText(references));
    if (result.exitCode === 0) return objectsIn(result.stdout);
    const unknown = unknownKinds(result.stderr);
    const known = objects.filter((object) => !unknown.has(`${object.kind} ${object.apiVersion}`));
    if (unknown.size > 0 && known.length < objects.length) return this.live(known);
    throw new EnvironmentError(
      `the objects cannot be read: ${kubectlMessage(result)}`,
      'see what the server says above',
    );
  }

  /** Applies objects by server-side apply. The output lists what the server keeps. */
  applyArgs({ dryRun = false, forceConflicts = false }: ApplyOptions): string[] {
    return [
      'apply',
      '--server-side',
      `--field-manager=${fieldManager}`,
      ...(forceConflicts ? ['--force-conflicts'] : []),
      ...(dryRun ? ['--dry-run=server'] : []),
      '-o',
      'json',
      '-f',
      '-',
    ];
  }

  async #certificateEnd(): Promise<string | undefined> {
    const args = ['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'];
    const { exitCode, stdout } = await this.run(this.call(args));
    return exitCode === 0 ? expiredClientCertificate(stdout, new Date()) : undefined;
  }
}

/** Objects as one text that kubectl reads: a stream of JSON, for a List would be validated as a kind of its own. */
export function objectsText(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n');
}

/** The objects that kubectl printed as JSON: none, one, or a List. */
export function objectsIn(stdout: string): readonly KubernetesObject[] {
  if (stdout.trim() === '') return [];
  const printed = JSON.parse(stdout) as KubernetesObject;
  return printed.kind === 'List' ? ((printed['items'] ?? []) as readonly KubernetesObject[]) : [printed];
}

/** `Kind group/version` of what the server does not serve, by what kubectl says. */
function unknownKinds(stderr: string): ReadonlySet<string> {
  const found = stderr.matchAll(/no matches for kind "([^"]+)" in version "([^"]+)"/g);
  return new Set([...found].map(([, kind, version]) => `${kind} ${version}`));
}
