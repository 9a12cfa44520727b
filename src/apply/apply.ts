import { type KubernetesObject, objectKey } from '../kubernetes/object';
import type { Plan } from '../planner';
import { EnvironmentError } from '../problem/environment-error';
import { counted } from '../problem/words';
import { systemClock } from '../process/clock';
import { Interrupted } from '../process/run-program';
import { isNowhere } from '../report';
import { planFor, readControlPlane } from './control-plane';
import { readWarnings, type TemplateWarning } from './events';
import { writeInventory } from './inventory';
import type { Kubectl } from './kubectl';
import { kubectlMessage } from './kubectl-problem';
import { type PlacementDifference, placementDifferences, type TieResult, tieResults } from './placements';
import { type ApplyPreview, type ApplyRequest, previewApply } from './preview';
import { prune } from './prune';
import { byIdentity, identityOf } from './release';
import { type ExpectedTemplate, isSettled, type TemplateRollout } from './rollout';
import {
  applyObjects,
  changeOf,
  establishedArgs,
  kindsDefinedIn,
  type ObjectChange,
  type ObjectProblem,
  problemOf,
} from './server-side-apply';
import { isPolicy, type Stage, staged, stageOf } from './stages';
import { defaultTiming, type WaitOptions, waitForRollout } from './wait';

/**
 * How an apply ended. Part of the documented shapes. `planned`: a dry run; `declined`: the user answered no; `refused`: by our
 * check, by the server, or because of a conflict; `different`: the placement differs from the plan.
 */
export type ApplyOutcome =
  | 'applied'
  | 'planned'
  | 'declined'
  | 'refused'
  | 'failed'
  | 'timeout'
  | 'different'
  | 'not-pruned'
  | 'interrupted';

/** Part of the documented shapes. */
export interface AppliedObject {
  readonly object: string;
  readonly stage: Stage;
  readonly change: ObjectChange;
}

export interface ApplyResult {
  readonly outcome: ApplyOutcome;
  readonly preview: ApplyPreview | undefined;
  readonly applied: readonly AppliedObject[];
  /** Objects that the server rejected during the apply. */
  readonly problems: readonly ObjectProblem[];
  readonly pruned: readonly string[];
  readonly rollouts: readonly TemplateRollout[];
  readonly differences: readonly PlacementDifference[];
  /** The results of ties. */
  readonly ties: readonly TieResult[];
  /** The plan with the UIDs and bindings of the rollout. @default - not compared */
  readonly settled?: Plan;
  /** Karmada's warnings about templates that are not done. */
  readonly warnings: readonly TemplateWarning[];
  readonly why?: string;
}

export interface ApplyWatcher {
  readonly step: (text: string) => void;
  /** Called before anything is written. @returns whether to continue */
  readonly confirm: (preview: ApplyPreview) => Promise<boolean>;
  /** Called after each step, with the objects that it applied. */
  readonly written: (objects: readonly AppliedObject[]) => void;
  readonly rollout: (rollouts: readonly TemplateRollout[], seconds: number) => void;
}

/** Applies a release: checks, previews, applies step by step, waits, compares with the plan, prunes. */
export async function apply(kubectl: Kubectl, request: ApplyRequest, watcher: ApplyWatcher): Promise<ApplyResult> {
  const run = new ApplyRun(kubectl, request, watcher);
  try {
    const outcome = await run.outcome();
    return { ...run.report, outcome };
  } catch (error) {
    if (error instanceof EnvironmentError && run.hasWritten) {
      throw new EnvironmentError(error.message, `${error.fix}; then run the same apply again, which continues`);
    }
    if (!(error instanceof Interrupted)) throw error;
    return { ...run.report, outcome: 'interrupted' };
  }
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

class ApplyRun {
  readonly report: Mutable<Omit<ApplyResult, 'outcome'>> = {
    preview: undefined,
    applied: [],
    problems: [],
    pruned: [],
    rollouts: [],
    differences: [],
    ties: [],
    warnings: [],
  };
  /** Whether the control plane may have changed. */
  hasWritten = false;
  /** The objects as stored, keyed by identity. */
  readonly #stored = new Map<string, KubernetesObject>();
  /** The `resourceVersion` of each change, keyed by identity, in order. */
  readonly #changedIn = new Map<string, string>();

  constructor(
    readonly kubectl: Kubectl,
    readonly request: ApplyRequest,
    readonly watcher: ApplyWatcher,
  ) {}

  async outcome(): Promise<ApplyOutcome> {
    const { kubectl, request, watcher, report } = this;
    const { dryRun, wait } = request;
    watcher.step('check objects and control plane');
    const preview = await previewApply(kubectl, request);
    report.preview = preview;
    if (preview.refused.length + preview.failures.length + preview.problems.length > 0) return 'refused';
    if (!(await watcher.confirm(preview))) return dryRun ? 'planned' : 'declined';
    if (dryRun) return 'planned';

    if (!(await this.#write(preview))) return 'refused';
    // A policy that is pruned later may still keep templates in place: compare with the plan after pruning.
    const movesTemplates = preview.prune.objects.some(isPolicy);
    const problem = wait && (await this.#wait(preview.plan, wait, !movesTemplates));
    if (problem) return problem;
    if (!(await this.#prune(preview))) return 'not-pruned';
    return (wait && movesTemplates && (await this.#wait(preview.plan, wait, true))) || 'applied';
  }

  /** @returns whether the server accepted every object */
  async #write(preview: ApplyPreview): Promise<boolean> {
    const { objects } = this.request.release;
    this.watcher.step('apply');
    this.hasWritten = true;
    // Before the first object, so that an interrupted apply leaves no unknown objects.
    await this.#remember(preview.inventory);
    let unchecked = preview.later;
    for (const [stage, members] of staged(objects)) {
      if (unchecked.length > 0 && stage !== 'namespaces' && stage !== 'definitions') {
        this.watcher.step(`check ${counted(unchecked.length, 'object')} whose namespace or definition is new`);
        if (!(await this.#apply(unchecked, preview, true))) return false;
        unchecked = [];
      }
      if (!(await this.#apply(members, preview, false))) return false;
      if (stage === 'definitions' && !(await this.#established(members))) return false;
    }
    return true;
  }

  async #remember(inventory: readonly KubernetesObject[]): Promise<void> {
    const { release, inventoryNamespace } = this.request;
    if (release.application === undefined) return;
    await writeInventory(this.kubectl, release.application, inventoryNamespace, inventory);
  }

  async #apply(objects: readonly KubernetesObject[], { live, mask }: ApplyPreview, dryRun: boolean): Promise<boolean> {
    const { forceConflicts } = this.request;
    const { stored, problems } = await applyObjects(this.kubectl, objects, { dryRun, forceConflicts }, mask);
    this.report.problems = problems;
    if (problems.length > 0 || dryRun) return problems.length === 0;
    const before = byIdentity(live);
    const applied = stored.map((object): AppliedObject => {
      const identity = identityOf(object);
      const change = changeOf(before.get(identity), object);
      this.#stored.set(identity, object);
      if (change !== 'unchanged') this.#changedIn.set(identity, String(object.metadata?.['resourceVersion']));
      return { object: objectKey(object), stage: stageOf(object), change };
    });
    this.report.applied = [...this.report.applied, ...applied];
    this.watcher.written(applied);
    return true;
  }

  async #established(definitions: readonly KubernetesObject[]): Promise<boolean> {
    const result = await this.kubectl.result(establishedArgs(definitions));
    if (result.exitCode === 0) return true;
    const names = definitions.map((object) => objectKey(object)).join(', ');
    this.report.problems = [problemOf(names, kubectlMessage(result), (text) => text)];
    return false;
  }

  /** Waits for the rollout and compares it with the plan. @returns the outcome when it is not a success */
  async #wait(plan: Plan, options: WaitOptions, compares: boolean): Promise<ApplyOutcome | undefined> {
    const { kubectl, watcher, report } = this;
    watcher.step('wait for the members');
    const isNewKind = kindsDefinedIn(this.request.release.objects);
    const expected = plan.templates.map((template): ExpectedTemplate => {
      const { object } = template.manifest;
      const live = this.#stored.get(identityOf(object));
      const changedIn = this.#changedIn.get(identityOf(object));
      return { plan: template, isNewKind: isNewKind(object), ...(live && { live }), ...(changedIn && { changedIn }) };
    });
    const { outcome, seconds, bindings } = await waitForRollout(kubectl, expected, options, (rollouts, elapsed) => {
      report.rollouts = rollouts;
      watcher.rollout(rollouts, elapsed);
    });
    if (outcome !== 'done') {
      const unfinished = new Set(report.rollouts.filter((each) => !isSettled(each)).map(({ template }) => template));
      const concerned = expected.filter(({ plan: { key } }) => unfinished.has(key));
      const [firstChange] = this.#changedIn.values();
      report.warnings = await readWarnings(kubectl, concerned, bindings, firstChange);
      if (outcome === 'timeout') report.why = `not done after ${Math.round(seconds)} s`;
      return outcome;
    }
    if (compares) report.differences = await this.#compare(plan, options);
    return report.differences.length > 0 ? 'different' : undefined;
  }

  /** Compares with a plan that knows the UIDs, until they agree or Karmada has had time to finish. */
  async #compare(preview: Plan, options: WaitOptions): Promise<readonly PlacementDifference[]> {
    const { timing = defaultTiming, clock = systemClock } = options;
    const { kubectl, request, report } = this;
    const live = [...this.#stored.values()];
    for (const start = clock.now(); ; ) {
      const controlPlane = await readControlPlane(kubectl);
      const plan = planFor(request.release.objects, controlPlane, request.karmada, { live });
      const differences = placementDifferences(plan, controlPlane.bindings);
      report.settled = plan;
      report.ties = tieResults(preview, controlPlane.bindings);
      if (differences.length === 0 || clock.now() - start >= timing.patience) return differences;
      await clock.sleep(timing.poll, kubectl.signal);
    }
  }

  /** Prunes and updates the inventory. @returns whether everything was deleted */
  async #prune({ prune: { objects }, inventory }: ApplyPreview): Promise<boolean> {
    const { kubectl, watcher, report } = this;
    let left: ReadonlyMap<string, KubernetesObject> = new Map();
    if (objects.length > 0) {
      watcher.step(`prune ${objects.map((object) => objectKey(object)).join(', ')}`);
      const problem = await prune(kubectl, objects);
      if (problem !== undefined) left = byIdentity(await kubectl.live(objects));
      if (problem !== undefined && left.size > 0) report.why = problem;
      report.pruned = objects.filter((object) => !left.has(identityOf(object))).map((object) => objectKey(object));
    }
    const exists = (object: KubernetesObject) => this.#stored.has(identityOf(object)) || left.has(identityOf(object));
    await this.#remember(inventory.filter(exists));
    return left.size === 0;
  }
}

/** Whether an apply succeeded and every template is scheduled somewhere. */
export function isSuccess({ outcome, preview, rollouts }: ApplyResult): boolean {
  if (outcome !== 'applied' && outcome !== 'planned') return false;
  if (rollouts.length > 0) return rollouts.every(({ state }) => state !== 'nowhere');
  return !preview?.plan.templates.some(isNowhere);
}
