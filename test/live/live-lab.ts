import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type ApplyResult, apply } from '../../src/apply/apply';
import { bindingsByTemplate, targetsOf } from '../../src/apply/binding';
import { planFor, planningFor, readControlPlane } from '../../src/apply/control-plane';
import { Kubectl, objectsText } from '../../src/apply/kubectl';
import { placementDifferences } from '../../src/apply/placements';
import { identityOf, releaseOf } from '../../src/apply/release';
import type { WaitOptions } from '../../src/apply/wait';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import type { Manifest } from '../../src/kubernetes/manifest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { objectKey } from '../../src/kubernetes/object';
import { type Plan, planOf } from '../../src/planner';
import { tieBreakOf } from '../../src/planner/schedule/tie-break';
import { runProgram } from '../../src/process/run-program';

/** The control plane that the scenarios run against. */
export interface LiveTarget {
  readonly kubeconfig: string;
  readonly context?: string;
  /** Folder with a file `CLUSTER.kubeconfig` per member. */
  readonly memberFolder: string;
  readonly wait: WaitOptions;
  /** Timeout for the members to match the plan, in seconds. */
  readonly patience: number;
}

export interface LiveApplyOptions {
  readonly forceConflicts?: boolean;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** Of the namespaces of all runs. */
const namespacePrefix = 'cdk8s-karmada-live-';

/** A control plane with its members. */
export class LiveLab {
  private constructor(
    readonly target: LiveTarget,
    readonly karmada: Kubectl,
    readonly members: ReadonlyMap<string, Kubectl>,
    /** Namespace of all objects of the scenarios. */
    readonly namespace: string,
  ) {}

  static async open(target: LiveTarget): Promise<LiveLab> {
    const context = target.context ?? (await currentContext(target.kubeconfig));
    const karmada = new Kubectl({ kubeconfig: target.kubeconfig, context }, runProgram);
    const { clusters } = await readControlPlane(karmada);
    if (clusters.length < 3) throw new Error(`the live suite needs three members, but there are ${clusters.length}`);
    const members = new Map<string, Kubectl>();
    for (const { name } of clusters) {
      const kubeconfig = join(target.memberFolder, `${name}.kubeconfig`);
      members.set(name, new Kubectl({ kubeconfig, context: await currentContext(kubeconfig) }, runProgram));
    }
    const namespace = `${namespacePrefix}${Date.now().toString(36)}`;
    const lab = new LiveLab(target, karmada, members, namespace);
    await lab.applyAs('live-suite', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    return lab;
  }

  /** Names of the first three members. */
  get names(): readonly [string, string, string] {
    return [...this.members.keys()].slice(0, 3) as [string, string, string];
  }

  /** Removes the objects of the scenarios. */
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

  /** Namespaces of this run and of earlier ones that are not deleted completely: `NAME in CLUSTER`. */
  async terminating(): Promise<string[]> {
    const servers = [['the control plane', this.karmada] as const, ...this.members];
    const found = await Promise.all(
      servers.map(async ([where, kubectl]) => {
        const namespaces = (await kubectl.list(['namespaces.v1.'])) ?? [];
        const left = namespaces.filter(({ metadata }) => metadata?.name?.startsWith(namespacePrefix));
        return left
          .filter((namespace) => (namespace['status'] as { phase?: string } | undefined)?.phase === 'Terminating')
          .map(({ metadata }) => `${metadata?.name} in ${where}`);
      }),
    );
    return found.flat();
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
      { step: () => {}, confirm: async () => true, written: () => {}, rollout: () => {} },
    );
  }

  /** The input of a plan for objects, with the clusters, policies and bindings that the control plane has now. */
  async planningBefore(objects: readonly KubernetesObject[]) {
    const { objects: all } = releaseOf(manifestsOf(objects));
    return planningFor(all, await readControlPlane(this.karmada), defaultKarmadaVersion, {});
  }

  /** The plan of objects that are not applied yet. */
  async planBefore(objects: readonly KubernetesObject[]): Promise<Plan> {
    const { objects: all, options } = await this.planningBefore(objects);
    return planOf(all, options);
  }

  /** Where bindings still differ after the timeout from a plan that was made before. */
  async surprises(plan: Plan): Promise<string[]> {
    for (const deadline = Date.now() + this.target.patience * 1000; ; ) {
      const { bindings } = await readControlPlane(this.karmada);
      const bound = bindingsByTemplate(bindings);
      const found = [
        ...plan.templates
          .filter(({ manifest, policy }) => policy && !bound.has(identityOf(manifest.object)))
          .map(({ key }) => `${key}: has no binding`),
        ...placementDifferences(plan, bindings).map(
          ({ template, planned, live }) => `${template}: planned ${planned}, bound ${live}`,
        ),
      ];
      if (found.length === 0 || Date.now() > deadline) return found;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** The Cluster objects. */
  async clusters(): Promise<readonly KubernetesObject[]> {
    return (await readControlPlane(this.karmada)).clusterObjects;
  }

  /** Number of Works of a member that Karmada does not dispatch. */
  async heldWorks(cluster: string): Promise<number> {
    const works = await this.karmada.list(['works.v1alpha1.work.karmada.io'], '--namespace', `karmada-es-${cluster}`);
    return (works ?? []).filter(({ spec }) => (spec as { suspendDispatching?: boolean }).suspendDispatching).length;
  }

  /** Options of `expect.poll` for what the control plane does by itself. */
  get polling(): { readonly timeout: number; readonly interval: number } {
    return { timeout: this.target.patience * 1000, interval: 500 };
  }

  /** Deletes objects from the control plane, and waits until they are gone. */
  async delete(objects: readonly KubernetesObject[]): Promise<void> {
    await this.karmada.result(['delete', '--ignore-not-found', '-f', '-'], objectsText(objects));
  }

  /** Reads an object from the control plane. */
  async get(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await this.karmada.live([object]))[0];
  }

  /** Reads an object from a member. */
  async getIn(cluster: string, object: KubernetesObject): Promise<KubernetesObject | undefined> {
    return (await this.members.get(cluster)!.live([object]))[0];
  }

  /** Applies an object as another manager, without our checks. */
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
   * Where bindings or members still differ from the plan for these objects after the timeout: replicas per cluster, and the
   * planned fields of each object in each member.
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
    // The templates with the defaults of the API server, from which Karmada creates the copies.
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
          problems.push(`${where}: exists, but is not planned`);
      }
    }
    return problems;
  }
}

/** The outcome, with the reasons if it is not a success. */
export function outcomeOf({ outcome, why, rollouts, problems, preview, differences }: ApplyResult): string {
  if (outcome === 'applied') return outcome;
  const reasons = rollouts
    .filter(({ state }) => state !== 'done')
    .map(({ template, why: reason }) => `${template} ${reason}`);
  return JSON.stringify({
    outcome,
    why,
    reasons,
    problems,
    preview: preview?.problems,
    refused: preview?.refused,
    differences,
  });
}

/** The title of a scenario, with the reason if it is skipped. */
export function titled(title: string, skipped: string | false): string {
  return skipped === false ? title : `${title} (skipped: ${skipped})`;
}

const contentFields = ['spec', 'data', 'rules', 'subsets'];

/** Whether a value contains the expected fields; the member's API server adds defaults. */
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
