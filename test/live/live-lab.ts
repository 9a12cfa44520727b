import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type ApplyResult, apply } from '../../src/apply/apply';
import { bindingsByTemplate, targetsOf } from '../../src/apply/binding';
import { planFor, readControlPlane } from '../../src/apply/control-plane';
import { Kubectl, objectsText } from '../../src/apply/kubectl';
import { placementDifferences } from '../../src/apply/placements';
import { identityOf, releaseOf } from '../../src/apply/release';
import type { WaitOptions } from '../../src/apply/wait';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { Manifest } from '../../src/kubernetes/manifest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { objectKey } from '../../src/kubernetes/object';
import { tieBreakOf } from '../../src/planner/schedule/tie-break';
import { runProgram } from '../../src/process/run-program';

/** The control plane that the scenarios run against. */
export interface LiveTarget {
  readonly kubeconfig: string;
  readonly context?: string;
  /** Folder with one file `CLUSTER.kubeconfig` for each member. */
  readonly memberFolder: string;
  readonly wait: WaitOptions;
  /** Longest time until the members agree with the plan, in seconds. */
  readonly patience: number;
}

/** What a scenario may choose. */
export interface LiveApplyOptions {
  readonly forceConflicts?: boolean;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** A control plane with its members, as scenarios look at them. */
export class LiveLab {
  /** The control plane, and its members by name. */
  private constructor(
    readonly target: LiveTarget,
    readonly karmada: Kubectl,
    readonly members: ReadonlyMap<string, Kubectl>,
    /** Namespace of everything that the scenarios make. */
    readonly namespace: string,
  ) {}

  static async open(target: LiveTarget): Promise<LiveLab> {
    const context = target.context ?? (await currentContext(target.kubeconfig));
    const karmada = new Kubectl({ kubeconfig: target.kubeconfig, context }, runProgram);
    const { clusters } = await readControlPlane(karmada);
    if (clusters.length < 3) throw new Error(`the live suite needs three members, and there are ${clusters.length}`);
    const members = new Map<string, Kubectl>();
    for (const { name } of clusters) {
      const kubeconfig = join(target.memberFolder, `${name}.kubeconfig`);
      members.set(name, new Kubectl({ kubeconfig, context: await currentContext(kubeconfig) }, runProgram));
    }
    const namespace = `cdk8s-karmada-live-${Date.now().toString(36)}`;
    const lab = new LiveLab(target, karmada, members, namespace);
    await lab.applyAs('live-suite', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    return lab;
  }

  /** Names of the first three members: scenarios need no more. */
  get names(): readonly [string, string, string] {
    return [...this.members.keys()].slice(0, 3) as [string, string, string];
  }

  /** Removes everything that the scenarios made. */
  async close(): Promise<void> {
    const inventories = (await this.karmada.list(['configmaps.v1.'], '--namespace', 'karmada-system')) ?? [];
    const names = inventories.map(({ metadata }) => `configmap/${metadata?.name}`);
    const ours = names.filter((name) => name.includes(`cdk8s-karmada-${this.namespace}`));
    if (ours.length > 0) await this.karmada.result(['delete', '-n', 'karmada-system', ...ours]);
    await this.karmada.result(['delete', 'namespace', this.namespace, '--timeout=120s']);
    await Promise.all(
      [...this.members.values()].map((member) =>
        member.result(['delete', 'namespace', this.namespace, '--ignore-not-found', '--timeout=120s']),
      ),
    );
  }

  /** Applies objects as one application of the suite. */
  async applied(
    application: string,
    objects: readonly KubernetesObject[],
    { forceConflicts = false, timeout, signal }: LiveApplyOptions = {},
  ): Promise<ApplyResult> {
    const kubectl = signal ? new Kubectl(this.karmada.target, runProgram, signal) : this.karmada;
    const { wait } = this.target;
    return apply(
      kubectl,
      {
        release: releaseOf(manifestsOf(objects), `${this.namespace}-${application}`),
        karmada: defaultKarmadaVersion,
        inventoryNamespace: 'karmada-system',
        forceConflicts,
        dryRun: false,
        wait: { ...wait, ...(timeout !== undefined && { timeout }) },
      },
      { step: () => {}, confirm: async () => true, rollout: () => {} },
    );
  }

  /** An object of the control plane. */
  async get(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await this.karmada.live([object]))[0];
  }

  /** The same object in a member. */
  async getIn(cluster: string, object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await this.members.get(cluster)!.live([object]))[0];
  }

  /** Writes an object past all our checks, as somebody else. */
  async applyAs(manager: string, object: KubernetesObject, kubectl: Kubectl = this.karmada): Promise<void> {
    const args = ['apply', '--server-side', '--force-conflicts', `--field-manager=${manager}`, '-f', '-'];
    const { exitCode, stderr } = await kubectl.result(args, objectsText([object]));
    if (exitCode !== 0) throw new Error(stderr);
  }

  /** The scheduler's result for a template. */
  async placement(object: KubernetesObject): Promise<Record<string, number>> {
    const { bindings } = await readControlPlane(this.karmada);
    const binding = bindingsByTemplate(bindings).get(identityOf(object));
    return Object.fromEntries(binding ? targetsOf(binding) : []);
  }

  /**
   * Where control plane and members say something else than the plan for these objects, after a while: replicas by
   * cluster, and each object in each member as far as the plan says it. Empty when all agree.
   */
  async disagreements(objects: readonly KubernetesObject[]): Promise<string[]> {
    for (const deadline = Date.now() + this.target.patience * 1000; ; ) {
      const found = await this.#disagreements(objects);
      if (found.length === 0 || Date.now() > deadline) return found;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async #disagreements(objects: readonly KubernetesObject[]): Promise<string[]> {
    const controlPlane = await readControlPlane(this.karmada);
    // The templates as the API server completed them: what Karmada sends is made of those.
    const live = await this.karmada.live(objects);
    const plan = planFor(releaseOf(manifestsOf(live)).objects, controlPlane, defaultKarmadaVersion, { live });
    const problems = placementDifferences(plan, controlPlane.bindings).map(
      ({ template, planned, live: found }) => `${template}: planned ${planned}, bound ${found}`,
    );
    for (const template of plan.templates) {
      const { object } = template.manifest;
      const tie = tieBreakOf(object.metadata?.uid ?? '');
      for (const cluster of this.members.keys()) {
        const [planned] = template.objectsIn(cluster, tie);
        const found = await this.getIn(cluster, object);
        const where = `${objectKey(object)} in ${cluster}`;
        if (planned?.kind === 'received' && !planned.suspended) {
          const differing = found
            ? contentFields.find((field) => !includes(found[field], planned.object[field]))
            : 'object';
          if (differing !== undefined) {
            problems.push(
              `${where}: ${differing} is ${JSON.stringify(found?.[differing])}, planned ${JSON.stringify(planned.object[differing])}`,
            );
          }
        } else if (!planned && found && template.takenBy === undefined)
          problems.push(`${where}: is there, and not planned`);
      }
    }
    return problems;
  }
}

const contentFields = ['spec', 'data', 'rules', 'subsets'];

/** Whether a value has all that another one says: the member's API server adds to what it gets. */
function includes(value: unknown, expected: unknown): boolean {
  if (expected === undefined || expected === null) return true;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((each, index) => includes(value[index], each))
    );
  }
  if (typeof expected !== 'object') return isDeepStrictEqual(value, expected);
  if (typeof value !== 'object' || value === null) return Object.keys(expected).length === 0;
  return Object.entries(expected).every(([key, each]) => includes((value as Record<string, unknown>)[key], each));
}

function manifestsOf(objects: readonly KubernetesObject[]): Manifest[] {
  return objects.map((object, index) => ({ object, origin: { type: 'memory', index } }));
}

async function currentContext(kubeconfig: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram({
    program: 'kubectl',
    args: ['config', 'current-context', '--kubeconfig', kubeconfig],
  });
  if (exitCode !== 0) throw new Error(`${kubeconfig}: ${stderr.trim()}`);
  return stdout.trim();
}
