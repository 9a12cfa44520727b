import type { KubernetesObject } from '../kubernetes/object';
import { EnvironmentError } from '../problem/environment-error';
import { connectionProblem, kubectlMessage } from './kubectl-problem';
import type { ProgramCall, ProgramResult, RunProgram } from './run-program';

/** The field manager that our writes carry. */
export const fieldManager = 'cdk8s-karmada';

/** How objects are applied. */
export interface ApplyOptions {
  /** Let the server do everything but keep the result. @default false */
  readonly dryRun?: boolean;
  /** Take over fields that others own. @default false */
  readonly forceConflicts?: boolean;
}

/** The kubectl of this machine, pinned to one kubeconfig and one context. */
export class Kubectl {
  constructor(
    readonly target: { readonly kubeconfig: string; readonly context: string },
    readonly run: RunProgram,
    readonly signal?: AbortSignal,
  ) {}

  /** A call of kubectl, with the server pinned. */
  call(args: readonly string[], input?: string): ProgramCall {
    const { kubeconfig, context } = this.target;
    // The user's own diff program might show more than ours, or wait for input.
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
    if (problem) throw problem;
    return result;
  }

  /**
   * Every object of some kinds, in one call; undefined where the server does not serve one of them.
   *
   * @param kinds - as `resourcebindings.v1alpha2.work.karmada.io`
   * @param options - which ones, such as `--all-namespaces`
   */
  async list(
    kinds: readonly string[],
    ...options: readonly string[]
  ): Promise<readonly KubernetesObject[] | undefined> {
    const args = ['get', kinds.join(','), ...options, '-o', 'json', '--request-timeout=20s'];
    const result = await this.result(args);
    if (result.exitCode === 0) return objectsIn(result.stdout);
    if (/the server doesn't have a resource type/.test(result.stderr)) return undefined;
    throw new EnvironmentError(
      `the API server refuses ${kinds.join(', ')}: ${kubectlMessage(result)}`,
      'check that the user of the kubeconfig may read them, and that the control plane is complete',
    );
  }

  /** Those of the objects that exist, as the server has them. Kinds that it does not serve count as absent. */
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
      'see what the server says above',
    );
  }
}

/** Arguments of a server-side apply that prints what the server keeps. */
export function applyArgs({ dryRun = false, forceConflicts = false }: ApplyOptions): string[] {
  const options = [...(forceConflicts ? ['--force-conflicts'] : []), ...(dryRun ? ['--dry-run=server'] : [])];
  return ['apply', '--server-side', `--field-manager=${fieldManager}`, ...options, '-o', 'json', '-f', '-'];
}

/** Objects as one text that kubectl reads: a stream of JSON, since a List would be validated as a kind of its own. */
export function objectsText(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n');
}

/** The objects that kubectl printed as JSON: none, one, or a List. */
export function objectsIn(stdout: string): readonly KubernetesObject[] {
  if (stdout.trim() === '') return [];
  const printed = parsed<KubernetesObject>(stdout);
  return printed.kind === 'List' ? ((printed['items'] ?? []) as readonly KubernetesObject[]) : [printed];
}

/** What kubectl printed. A proxy, or a wrapper around kubectl, may answer with something else. */
function parsed<Value extends { readonly kind: string }>(stdout: string): Value {
  try {
    const value = JSON.parse(stdout) as Value | null;
    if (typeof value?.kind === 'string') return value;
  } catch {
    // Reported below.
  }
  throw new EnvironmentError(
    `the API server, or kubectl, does not answer with Kubernetes objects: ${stdout.trim().slice(0, 80) || 'nothing'}`,
    'check that the address in the kubeconfig is that of a Karmada API server',
  );
}

/** `Kind group/version` of what the server does not serve, by what kubectl says. */
function unknownKinds(stderr: string): ReadonlySet<string> {
  const found = stderr.matchAll(/no matches for kind "([^"]+)" in version "([^"]+)"/g);
  return new Set([...found].map(([, kind, version]) => `${kind} ${version}`));
}
