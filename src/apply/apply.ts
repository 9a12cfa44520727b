import { type KubernetesObject, objectKey } from '../kubernetes/object';
import type { Plan } from '../planner';
import { isNowhere } from '../report';
import { type ApplyPreview, type ApplyRequest, planFor, previewApply } from './apply-preview';
import { readControlPlane } from './control-plane';
import { readWarnings, type TemplateWarning } from './events';
import { Interrupted } from './interrupted';
import { covered, extended, writeInventory } from './inventory';
import type { Kubectl } from './kubectl';
import { kubectlMessage } from './kubectl-problem';
import { type PlacementDifference, placementDifferences } from './live-comparison';
import { prune } from './prune';
import { identityOf } from './release';
import type { ExpectedTemplate, RolloutState, TemplateRollout } from './rollout';
import { applyObjects, changeOf, kindsDefinedIn, type ObjectChange, type ObjectProblem } from './server-side-apply';
import { type Stage, staged, stageOf } from './stages';
import { type WaitOptions, waitForRollout } from './wait';

/** How an apply ended. Part of the documented shapes. */
export type ApplyOutcome =
  /** Everything is applied; and rolled out, where it was waited for. */
  | 'applied'
  /** A dry run: nothing was written. */
  | 'planned'
  /** Whoever was asked said no. */
  | 'declined'
  /** Our check, the server or another owner refuses an object. */
  | 'refused'
  /** Karmada reports a failure. */
  | 'failed'
  | 'timeout'
  /** It runs, but not where the plan says. */
  | 'different'
  /** Some of what was to be pruned is still there. */
  | 'not-pruned'
  | 'interrupted';

/** What one object became. Part of the documented shapes. */
export interface AppliedObject {
  readonly object: string;
  readonly stage: Stage;
  readonly change: ObjectChange;
}

/** What an apply did. */
export interface ApplyResult {
  readonly outcome: ApplyOutcome;
  readonly preview: ApplyPreview | undefined;
  readonly applied: readonly AppliedObject[];
  /** What the server refused while it was being written. */
  readonly problems: readonly ObjectProblem[];
  readonly pruned: readonly string[];
  readonly rollouts: readonly TemplateRollout[];
  readonly differences: readonly PlacementDifference[];
  /** What Karmada warns of, where something did not work. */
  readonly warnings: readonly TemplateWarning[];
  /** What else there is to say about the outcome. */
  readonly why?: string;
}

/** Whoever watches an apply. */
export interface ApplyWatcher {
  /** A step begins. */
  readonly step: (text: string) => void;
  /** Everything is known and nothing is written yet. @returns whether to go on */
  readonly confirm: (preview: ApplyPreview) => Promise<boolean>;
  /** How far the rollout has come. */
  readonly rollout: (rollouts: readonly TemplateRollout[], seconds: number) => void;
}

/** How an apply goes on once it is known what it would do. */
export interface ApplyRunOptions {
  readonly dryRun: boolean;
  /** @default - do not wait */
  readonly wait?: WaitOptions;
}

/** How long a placement may differ from the plan before that counts, in seconds: Karmada may still be at it. */
const differenceGrace = 15;

/** Applies a release: checks, previews, writes step by step, waits, compares, prunes. */
export async function apply(
  kubectl: Kubectl,
  request: ApplyRequest,
  options: ApplyRunOptions,
  watcher: ApplyWatcher,
): Promise<ApplyResult> {
  const run = new ApplyRun(kubectl, request, options, watcher);
  try {
    return await run.outcome();
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    return run.result('interrupted');
  }
}

class ApplyRun {
  #preview: ApplyPreview | undefined;
  readonly #applied: AppliedObject[] = [];
  readonly #stored = new Map<string, KubernetesObject>();
  #problems: readonly ObjectProblem[] = [];
  #pruned: readonly string[] = [];
  #rollouts: readonly TemplateRollout[] = [];
  #differences: readonly PlacementDifference[] = [];
  #warnings: readonly TemplateWarning[] = [];

  constructor(
    readonly kubectl: Kubectl,
    readonly request: ApplyRequest,
    readonly options: ApplyRunOptions,
    readonly watcher: ApplyWatcher,
  ) {}

  result(outcome: ApplyOutcome, why?: string): ApplyResult {
    return {
      outcome,
      preview: this.#preview,
      applied: this.#applied,
      problems: this.#problems,
      pruned: this.#pruned,
      rollouts: this.#rollouts,
      differences: this.#differences,
      warnings: this.#warnings,
      ...(why !== undefined && { why }),
    };
  }

  async outcome(): Promise<ApplyResult> {
    const { kubectl, request, options, watcher } = this;
    watcher.step('check objects and control plane');
    const preview = await previewApply(kubectl, request);
    this.#preview = preview;
    if (preview.refused.length + preview.failures.length + preview.problems.length > 0) return this.result('refused');
    if (!(await watcher.confirm(preview))) return this.result(options.dryRun ? 'planned' : 'declined');
    if (options.dryRun) return this.result('planned');

    if (!(await this.#write(preview))) return this.result('refused');
    const waited =
      options.wait && (await this.#wait(preview.planBeforePrune, options.wait, preview.prune.objects.length > 0));
    if (waited) return waited;
    const left = await this.#prune(preview);
    if (left !== undefined) return this.result('not-pruned', left);
    const changesPlacement = preview.prune.objects.some(
      (object) => /polic/.test(stageOf(object)) || stageOf(object) === 'overrides',
    );
    const waitedAgain = options.wait && changesPlacement && (await this.#wait(preview.plan, options.wait, false));
    return waitedAgain || this.result('applied');
  }

  /** Writes everything, step by step. @returns whether the server took it */
  async #write(preview: ApplyPreview): Promise<boolean> {
    const { kubectl, request, watcher } = this;
    const { release, inventoryNamespace } = request;
    // Before the first object: whatever happens from here on, the next apply knows what may have been made.
    const inventory = extended(preview.inventory, release.objects, preview.live);
    await writeInventory(kubectl, release.application, inventoryNamespace, inventory);
    let unjudged = preview.later;
    for (const [stage, objects] of staged(release.objects)) {
      if (unjudged.length > 0 && stage !== 'namespaces' && stage !== 'definitions') {
        watcher.step(`ask the server about ${unjudged.length} objects whose namespace or definition is new`);
        if (!(await this.#apply(unjudged, preview, true))) return false;
        unjudged = [];
      }
      watcher.step(`apply ${stage}: ${objects.map((object) => objectKey(object)).join(', ')}`);
      if (!(await this.#apply(objects, preview, false))) return false;
      if (stage === 'definitions' && !(await this.#established(objects))) return false;
    }
    return true;
  }

  async #apply(objects: readonly KubernetesObject[], { live, mask }: ApplyPreview, dryRun: boolean): Promise<boolean> {
    const { forceConflicts } = this.request;
    const { stored, problems } = await applyObjects(this.kubectl, objects, { dryRun, forceConflicts }, mask);
    this.#problems = problems;
    if (problems.length > 0 || dryRun) return problems.length === 0;
    const before = new Map(live.map((object) => [identityOf(object), object]));
    for (const object of stored) {
      const identity = identityOf(object);
      this.#stored.set(identity, object);
      const change = changeOf(before.get(identity), object);
      this.#applied.push({ object: objectKey(object), stage: stageOf(object), change });
    }
    return true;
  }

  /** Waits until the server serves what was defined. */
  async #established(definitions: readonly KubernetesObject[]): Promise<boolean> {
    const names = definitions.map(({ metadata }) => `customresourcedefinitions.apiextensions.k8s.io/${metadata?.name}`);
    const result = await this.kubectl.result(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
    if (result.exitCode === 0) return true;
    this.#problems = [{ object: names.join(', '), message: kubectlMessage(result), conflicts: [] }];
    return false;
  }

  /** Waits for the rollout. @returns how it ended, where that is no success */
  async #wait(plan: Plan, options: WaitOptions, pruneFollows: boolean): Promise<ApplyResult | undefined> {
    const { kubectl, watcher } = this;
    watcher.step('wait until every member has it');
    const expected = plan.templates.map((template): ExpectedTemplate => this.#expectation(template));
    const { outcome, rollouts, seconds } = await waitForRollout(kubectl, expected, options, (now, elapsed) => {
      this.#rollouts = now;
      watcher.rollout(now, elapsed);
    });
    this.#rollouts = rollouts;
    if (outcome !== 'done') {
      const unfinished = new Set(rollouts.filter(({ state }) => isUnfinished(state)).map(({ template }) => template));
      this.#warnings = await readWarnings(
        kubectl,
        expected.filter(({ plan: { key } }) => unfinished.has(key)),
      );
    }
    if (outcome === 'failed') return this.result('failed');
    if (outcome === 'timeout') return this.result('timeout', `not done after ${Math.round(seconds)} s`);
    // What is still to be pruned may hold templates where they are.
    if (pruneFollows) return undefined;
    this.#differences = await this.#compare(options);
    return this.#differences.length > 0 ? this.result('different') : undefined;
  }

  #expectation(plan: Plan['templates'][number]): ExpectedTemplate {
    const identity = identityOf(plan.manifest.object);
    const live = this.#stored.get(identity);
    const change = this.#applied.find(({ object }) => live && object === objectKey(live))?.change;
    const changedIn = change === 'unchanged' ? undefined : live?.metadata?.['resourceVersion'];
    const isNewKind = kindsDefinedIn(this.request.release.objects)(plan.manifest.object);
    return { plan, isNewKind, ...(live && { live }), ...(typeof changedIn === 'string' && { changedIn }) };
  }

  /** Compares with the plan, that now knows the UIDs, for as long as Karmada may still be at it. */
  async #compare({ poll = 1 }: WaitOptions): Promise<readonly PlacementDifference[]> {
    const { kubectl, request } = this;
    const deadline = Date.now() + differenceGrace * 1000;
    for (;;) {
      const controlPlane = await readControlPlane(kubectl);
      const plan = planFor(request.release, controlPlane, request.karmada, {
        live: [...this.#stored.values()],
        without: [],
      });
      const differences = placementDifferences(plan, controlPlane.bindings);
      if (differences.length === 0 || Date.now() > deadline) return differences;
      await new Promise((resolve) => setTimeout(resolve, poll * 1000));
    }
  }

  /** Prunes, and writes down what is left. @returns what could not be deleted, and why */
  async #prune({ prune: { objects }, inventory, live }: ApplyPreview): Promise<string | undefined> {
    const { kubectl, request, watcher } = this;
    const { release, inventoryNamespace } = request;
    let problem: string | undefined;
    let remaining: readonly KubernetesObject[] = [];
    if (objects.length > 0) {
      watcher.step(`prune ${objects.map((object) => objectKey(object)).join(', ')}`);
      problem = await prune(kubectl, objects);
      if (problem !== undefined) remaining = await kubectl.live(objects);
      const left = new Set(remaining.map(identityOf));
      this.#pruned = objects.filter((object) => !left.has(identityOf(object))).map((object) => objectKey(object));
    }
    const all = extended(inventory, release.objects, live);
    const present = covered(all, [...this.#stored.values(), ...remaining]);
    await writeInventory(kubectl, release.application, inventoryNamespace, present);
    return remaining.length > 0 ? problem : undefined;
  }
}

function isUnfinished(state: RolloutState): boolean {
  return state === 'failing' || state === 'waiting';
}

/** Whether an apply did what it was asked to, and everything has a place. */
export function isSuccess({ outcome, preview, rollouts }: ApplyResult): boolean {
  if (outcome !== 'applied' && outcome !== 'planned') return false;
  if (rollouts.length > 0) return rollouts.every(({ state }) => state !== 'nowhere');
  return !preview?.plan.templates.some(isNowhere);
}
