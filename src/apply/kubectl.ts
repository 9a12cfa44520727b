import { listItems } from '../kubernetes/list';
import type { KubernetesObject } from '../kubernetes/object';
import { recordOf } from '../kubernetes/plain-data';
import { EnvironmentError } from '../problem/environment-error';
import type { ProgramCall, ProgramResult, RunProgram } from '../process/run-program';
import { connectionProblem, kubectlMessage } from './kubectl-problem';

export const fieldManager = 'cdk8s-karmada';

/** Seconds that a call of kubectl may take: to read, and to write many objects. */
export const timeLimits = { read: 30, write: 600 };

export interface ApplyOptions {
  /** Whether to run admission on the server without storing the result. @default false */
  readonly dryRun?: boolean;
  /** Whether to take over fields that other managers own. @default false */
  readonly forceConflicts?: boolean;
}

/** kubectl, pinned to one kubeconfig and one context. */
export class Kubectl {
  constructor(
    readonly target: { readonly kubeconfig: string; readonly context: string },
    readonly run: RunProgram,
    readonly signal?: AbortSignal,
  ) {}

  call(args: readonly string[], input?: string): ProgramCall {
    const { kubeconfig, context } = this.target;
    return {
      program: 'kubectl',
      args: ['--kubeconfig', kubeconfig, '--context', context, ...args],
      ...(input !== undefined && { input }),
      timeLimit: args[0] === 'get' || args[0]?.startsWith('api-') ? timeLimits.read : timeLimits.write,
      ...(this.signal && { signal: this.signal }),
    };
  }

  /** Runs kubectl. @throws EnvironmentError when the server does not answer */
  async result(args: readonly string[], input?: string): Promise<ProgramResult> {
    const result = await this.run(this.call(args, input));
    if (result.exitCode === 0) return result;
    const problem = connectionProblem(result, this.target.context);
    if (problem) throw problem;
    return result;
  }

  /**
   * All objects of these kinds, in one call; undefined when the server does not serve one of them.
   *
   * @param kinds - as `resourcebindings.v1alpha2.work.karmada.io`
   * @param options - such as `--all-namespaces`
   */
  async list(
    kinds: readonly string[],
    ...options: readonly string[]
  ): Promise<readonly KubernetesObject[] | undefined> {
    const args = ['get', kinds.join(','), ...options, '-o', 'json', '--request-timeout=20s'];
    const result = await this.result(args);
    // Of no objects kubectl prints an empty List.
    if (result.exitCode === 0 && result.stdout.trim() === '') {
      throw new EnvironmentError('kubectl printed nothing', 'check that kubectl on PATH is the program itself');
    }
    if (result.exitCode === 0) return objectsIn(result.stdout);
    if (/the server doesn't have a resource type/.test(result.stderr)) return undefined;
    throw new EnvironmentError(
      `the API server refuses ${kinds.join(', ')}: ${kubectlMessage(result)}`,
      'check the permissions of the kubeconfig user, and that the control plane is completely installed',
    );
  }

  /**
   * All objects of one kind in all namespaces, or why the account may not read them.
   *
   * @returns undefined when the server does not serve the kind
   */
  async listIfAllowed(kind: string): Promise<readonly KubernetesObject[] | { readonly refused: string } | undefined> {
    const result = await this.result(['get', kind, '--all-namespaces', '-o', 'json', '--request-timeout=20s']);
    if (result.exitCode === 0) return objectsIn(result.stdout);
    if (/the server doesn't have a resource type/.test(result.stderr)) return undefined;
    if (/\(Forbidden\)| is forbidden: /.test(result.stderr)) return { refused: kubectlMessage(result) };
    throw new EnvironmentError(
      `the API server refuses ${kind}: ${kubectlMessage(result)}`,
      'check that the control plane is completely installed, and the message of the server',
    );
  }

  /** Reads these objects from the server. Missing objects, and kinds that it does not serve, are omitted. */
  async live(objects: readonly KubernetesObject[]): Promise<readonly KubernetesObject[]> {
    if (objects.length === 0) return [];
    const references = objects.map(({ apiVersion, kind, metadata: { name, namespace } = {} }) => {
      return { apiVersion, kind, metadata: { name: name ?? '', ...(namespace && { namespace }) } };
    });
    const args = ['get', '-f', '-', '-o', 'json', '--ignore-not-found', '--show-managed-fields'];
    const result = await this.result(args, objectsText(references));
    if (result.exitCode === 0) return objectsIn(result.stdout);
    const unknown = unknownKinds(result.stderr);
    const known = objects.filter((object) => !unknown.has(`${object.kind} ${object.apiVersion}`));
    if (unknown.size > 0 && known.length < objects.length) return this.live(known);
    throw new EnvironmentError(
      `the objects cannot be read: ${kubectlMessage(result)}`,
      'check the permissions of the kubeconfig user, and the message of the server',
    );
  }
}

/**
 * Arguments of a server-side apply.
 *
 * @param file - the objects @default - standard input; the stored objects are printed
 */
export function applyArgs({ dryRun = false, forceConflicts = false }: ApplyOptions, file?: string): string[] {
  const options = [...(forceConflicts ? ['--force-conflicts'] : []), ...(dryRun ? ['--dry-run=server'] : [])];
  const input = file === undefined ? ['-o', 'json', '-f', '-'] : ['-f', file];
  return ['apply', '--server-side', `--field-manager=${fieldManager}`, ...options, ...input];
}

/** Objects as input for kubectl: a stream of JSON, because kubectl would validate a List as a kind of its own. */
export function objectsText(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n');
}

/** The objects that kubectl printed as JSON: none, one, or a List. */
export function objectsIn(stdout: string): readonly KubernetesObject[] {
  if (stdout.trim() === '') return [];
  try {
    const printed = JSON.parse(stdout);
    if (typeof printed?.kind === 'string') {
      const objects: readonly unknown[] = listItems(printed) ?? [printed];
      if (objects.every(isObject)) return objects;
    }
  } catch {
    // A proxy, or a wrapper around kubectl, may print something else.
  }
  throw new EnvironmentError(
    `the output of kubectl is not a Kubernetes object: ${stdout.trim().slice(0, 80)}`,
    'check that the address in the kubeconfig is that of a Karmada API server',
  );
}

function isObject(value: unknown): value is KubernetesObject {
  const { apiVersion, kind, metadata = {} } = recordOf(value) ?? {};
  return typeof apiVersion === 'string' && typeof kind === 'string' && recordOf(metadata) !== undefined;
}

/** `Kind group/version` of each kind that the server does not serve, from kubectl's message. */
function unknownKinds(stderr: string): ReadonlySet<string> {
  const found = stderr.matchAll(/no matches for kind "([^"]+)" in version "([^"]+)"/g);
  return new Set([...found].map(([, kind, version]) => `${kind} ${version}`));
}
