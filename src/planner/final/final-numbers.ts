import { entryOf } from '../../kubernetes/map-entries';
import type { KubernetesObject } from '../../kubernetes/object';
import { joinWords } from '../../problem/words';
import { policyKey } from '../control-plane-state/policy';
import { withStoredDefaults } from '../control-plane-state/stored-defaults';
import type { Revision } from '../interpret/interpreter';
import { clustersIn, nowhere, type Outcome, type Replicas, resultsOf, surelyReaches, type TieBreak } from '../outcome';
import { overriddenCopy } from '../override/overridden-copy';
import { OverrideGroups, type RuleGroups } from '../override/rule-groups';
import type { TemplatePlan } from '../plan';
import {
  isKept,
  type LinkedDecision,
  type MemberContext,
  memberObjects,
  reaches,
  revisedFor,
} from '../plan/member-objects';
import { isSuspended } from '../plan/policy-effects';
import type { TemplateScheduling } from '../plan/template-scheduling';
import { tieBreaks } from '../schedule/tie-break';
import type { TargetCluster } from '../schedule/types';
import { Autoscalers, type ScaledRange } from './autoscalers';
import { anyOf, type FinalByCluster, type FinalCase, type FinalReplicas, none } from './final-replicas';
import { retainsReplicas } from './retention';
import { outcomesOver } from './scaled-outcomes';

/** Input for the final numbers of a plan. */
export interface FinalContext extends MemberContext {
  readonly scheduling: TemplateScheduling;
  /** The template plan of an object in the control plane. */
  readonly planned: (object: KubernetesObject) => TemplatePlan | undefined;
}

/**
 * What clusters run in the end, for the templates of one plan. Templates with the same result, that no override policy
 * selects, share one answer.
 *
 * @see Karmada v1.18.2 pkg/controllers/binding/common.go, ensureWork
 */
export class FinalNumbers {
  readonly #groups: OverrideGroups;
  readonly #autoscalers: Autoscalers;
  /** By the results, which templates with the same placement share. */
  readonly #shared = new WeakMap<Replicas, WeakMap<Replicas, Map<boolean, FinalByCluster>>>();
  /** By the scheduled numbers and what overrides change in them. */
  readonly #changed = new WeakMap<FinalByCluster, Map<string, FinalByCluster>>();
  readonly #plain = new Map<string, FinalReplicas>();

  constructor(readonly context: FinalContext) {
    this.#groups = new OverrideGroups(context.state, context.clusters.values(), context.karmada);
    this.#autoscalers = new Autoscalers(context.state, context.planned);
  }

  /**
   * The numbers of every cluster that a template may reach.
   *
   * @param tie - for one of two results @default - for both
   */
  of(linked: LinkedDecision, tie?: TieBreak): FinalByCluster {
    const { template, replicas } = linked.decision;
    const range = this.#autoscalers.rangeOf(template, replicas ?? 1);
    const numbers = range ? this.#over(linked, tie, range) : this.#now(linked, tie);
    return this.#inMembers(linked, numbers, tie);
  }

  /** The numbers with the autoscalers of the members. */
  #inMembers(linked: LinkedDecision, numbers: FinalByCluster, tie: TieBreak | undefined): FinalByCluster {
    return this.#autoscalers.inMembers(linked.decision.template, numbers, (cluster) => {
      const copies = memberObjects(linked, cluster, tie, this.context);
      return copies.every((copy) => copy.kind === 'received' && retainsReplicas(copy.object, this.context.state));
    });
  }

  /** Every case apart: each end of the range of an autoscaler, and each result of a tie. */
  cases(linked: LinkedDecision): readonly FinalCase[] {
    const { decision } = linked;
    const range = this.#autoscalers.rangeOf(decision.template, decision.replicas ?? 1);
    const scaled = range && decision.question && linked.outcome.kind !== 'unschedulable';
    const outcomes = scaled ? outcomesOver(decision.question, range, this.context.scheduling) : [linked.outcome];
    return outcomes.flatMap((outcome) => {
      const each = scaled ? { ...linked, decision: { ...decision, scheduled: outcome }, outcome } : linked;
      const ties = outcome.kind === 'either' ? tieBreaks : [undefined];
      return ties.map((tie) => ({
        outcome,
        ...(tie !== undefined && { tie }),
        numbers: this.#inMembers(each, this.#now(each, tie), tie),
      }));
    });
  }

  /** The numbers over the range of an autoscaler that scales the template itself. */
  #over(linked: LinkedDecision, tie: TieBreak | undefined, range: ScaledRange): FinalByCluster {
    const { decision, requiredBy } = linked;
    if (!decision.question || linked.outcome.kind === 'unschedulable') return this.#now(linked, tie);
    const outcomes = outcomesOver(decision.question, range, this.context.scheduling);
    const each = outcomes.map((scheduled) =>
      this.#now({ ...linked, decision: { ...decision, scheduled }, outcome: scheduled, requiredBy }, tie),
    );
    const clusters = new Set(each.flatMap((numbers) => [...numbers.keys()]));
    return new Map(
      Array.from(clusters, (cluster) => {
        const { because, ...number } = anyOf(each.map((numbers) => numbers.get(cluster) ?? none));
        return [cluster, { ...number, because: [...because, ...range.because] }];
      }),
    );
  }

  /** The numbers without autoscalers. */
  #now(linked: LinkedDecision, tie: TieBreak | undefined): FinalByCluster {
    const numbers = this.#written(linked, tie);
    const { template, question } = linked.decision;
    const running = question?.current?.clusters ?? [];
    return running.length > 0 && retainsReplicas(template, this.context.state) ? retained(numbers, running) : numbers;
  }

  /** The numbers that Karmada writes. */
  #written(linked: LinkedDecision, tie: TieBreak | undefined): FinalByCluster {
    const groups = this.#groups.of(linked.decision.template);
    const copies = new Copies(linked, groups, this.context);
    if (this.#isPlain(linked)) {
      const scheduled = this.#asScheduled(linked, tie);
      return groups && !groups.harmless ? this.#overridden(linked, tie, scheduled, groups, copies) : scheduled;
    }
    const numbers = new Map<string, FinalReplicas>();
    for (const cluster of reachedClusters(linked, this.context)) {
      const cases = casesIn(linked.outcome, cluster, tie ?? linked.decision.tie);
      if (cases.length > 0) numbers.set(cluster, anyOf(cases.map((each) => copies.of(cluster, each))));
    }
    return numbers;
  }

  /** Whether every copy has the number of the scheduler before overrides. */
  #isPlain({ decision, outcome }: LinkedDecision): boolean {
    if (decision.policy?.spec.suspension || outcome.kind === 'unschedulable' || isKept(decision)) return false;
    const { interpreter } = this.context;
    return decision.countsReplicas
      ? interpreter.readsWhatItRevises(decision.template)
      : !decision.components && !interpreter.canRevise(decision.template);
  }

  /** The scheduled numbers, with others in the clusters where overrides change or prevent the copy. */
  #overridden(
    linked: LinkedDecision,
    tie: TieBreak | undefined,
    scheduled: FinalByCluster,
    groups: RuleGroups,
    copies: Copies,
  ): FinalByCluster {
    const changed: [string, FinalReplicas][] = [];
    for (const { clusters, keepsReplicas } of groups.groups) {
      const first = clusters.find((cluster) => scheduled.has(cluster));
      if (first === undefined) continue;
      // Rules that keep the replicas either fail or change nothing, whatever the number.
      if (keepsReplicas && this.#succeeds(linked.decision.template, first)) continue;
      for (const cluster of clusters) {
        if (!scheduled.has(cluster)) continue;
        const cases = casesIn(linked.outcome, cluster, tie ?? linked.decision.tie);
        const number = anyOf(cases.map((each) => copies.of(cluster, each)));
        if (number.held !== undefined || number.because.length > 0) changed.push([cluster, number]);
      }
    }
    if (changed.length === 0) return scheduled;
    const bySignature = entryOf(this.#changed, scheduled, () => new Map<string, FinalByCluster>());
    const signature = changed
      .map(([cluster, { min, max, because, held }]) => [cluster, min, max, held, ...because].join(' '))
      .join('\n');
    return entryOf(bySignature, signature, () => new Map([...scheduled, ...changed]));
  }

  #succeeds(template: KubernetesObject, cluster: string): boolean {
    const { clusters, state, karmada } = this.context;
    return overriddenCopy(template, clusters.get(cluster) ?? { name: cluster }, state, { karmada }).kind !== 'failed';
  }

  #asScheduled({ outcome, decision }: LinkedDecision, tie: TieBreak | undefined): FinalByCluster {
    const { countsReplicas } = decision;
    const first = resultsOf(outcome)[0];
    const last = resultsOf(outcome).at(-1);
    if (!first || !last) {
      const entries = outcome.kind === 'atRunTime' ? [...outcome.bounds] : [];
      return new Map(entries.map(([cluster, { min, max }]) => [cluster, this.#plainly(min, max)]));
    }
    const [one, other] = tie === 'ascending' ? [first, first] : tie === 'descending' ? [last, last] : [first, last];
    const byOther = entryOf(this.#shared, one, () => new WeakMap<Replicas, Map<boolean, FinalByCluster>>());
    const byCounting = entryOf(byOther, other, () => new Map<boolean, FinalByCluster>());
    return entryOf(byCounting, countsReplicas, () => {
      const numbers = new Map<string, FinalReplicas>();
      for (const cluster of one === other ? one.keys() : new Set([...one.keys(), ...other.keys()])) {
        const [a, b] = [one.get(cluster) ?? 0, other.get(cluster) ?? 0];
        numbers.set(cluster, countsReplicas ? this.#plainly(Math.min(a, b), Math.max(a, b)) : none);
      }
      return numbers;
    });
  }

  #plainly(min: number, max: number): FinalReplicas {
    return entryOf(this.#plain, `${min} ${max}`, () => Object.freeze({ min, max, because: none.because }));
  }
}

/** The numbers of a template whose copies keep the replicas that they have, which are known only as scheduled before. */
function retained(numbers: FinalByCluster, running: readonly TargetCluster[]): FinalByCluster {
  const kept = new Map(numbers);
  for (const { name, replicas } of running) {
    const number = numbers.get(name);
    if (!number || number.held !== undefined || (number.min === replicas && number.max === replicas)) continue;
    const because = [...number.because, 'the cluster keeps the replicas that its copy has'];
    kept.set(name, {
      ...number,
      min: Math.min(number.min, replicas),
      max: Math.max(number.max, replicas),
      because,
    });
  }
  return kept;
}

/** Replicas of a cluster in one of the possible results; undefined if it receives nothing there. */
type Case = { readonly replicas: Replicas; readonly tie: TieBreak } | undefined;

function casesIn(outcome: Outcome, cluster: string, tie: TieBreak | undefined): readonly Case[] {
  if (outcome.kind === 'atRunTime') {
    const bounds = outcome.bounds.get(cluster);
    if (!bounds) return [];
    const numbers = bounds.min === bounds.max ? [bounds.max] : [bounds.min, bounds.max];
    const cases = numbers.map((count): Case => ({ replicas: new Map([[cluster, count]]), tie: tie ?? 'ascending' }));
    return surelyReaches(outcome, cluster) ? cases : [undefined, ...cases];
  }
  const results = resultsOf(outcome);
  const cases = (tie ? [tie] : tieBreaks).map((each): Case => {
    const replicas = (each === 'ascending' ? results[0] : results.at(-1)) ?? nowhere;
    return replicas.has(cluster) ? { replicas, tie: each } : undefined;
  });
  return cases.every((each) => each === undefined) ? [] : cases;
}

/** In the order of the result; what only referrers bring comes last. */
function reachedClusters(linked: LinkedDecision, context: MemberContext): Iterable<string> {
  const { outcome, requiredBy } = linked;
  if (requiredBy.length === 0) return clustersIn(outcome);
  return new Set([
    ...clustersIn(outcome),
    ...[...context.clusters.keys()].filter((cluster) => reaches(linked, cluster)),
  ]);
}

/** The copies of one template, each worked out once for all clusters with the same rules and replicas. */
class Copies {
  readonly #known = new Map<string, FinalReplicas>();

  constructor(
    readonly linked: LinkedDecision,
    readonly groups: RuleGroups | undefined,
    readonly context: MemberContext,
  ) {}

  of(cluster: string, each: Case): FinalReplicas {
    if (!each) return none;
    const { decision } = this.linked;
    if (isSuspended(decision.policy, cluster)) {
      return this.#held(cluster, `${decision.policy ? policyKey(decision.policy) : 'its policy'} suspends dispatching`);
    }
    const group = this.groups?.groupOf(cluster) ?? '';
    // The completions of a Job are divided among all targets, so equal replicas may have unequal completions.
    const place = decision.template.kind === 'Job' ? `${cluster} ${each.tie}` : '';
    const key = `${group}|${each.replicas.get(cluster) ?? 0}|${place}`;
    const copy = entryOf(this.#known, key, () => this.#made(cluster, each));
    return copy.held === undefined ? this.#orKept(copy) : { ...this.#held(cluster, copy.held), failed: true };
  }

  /** What an earlier result left there, if nothing is written now. */
  #held(cluster: string, held: string): FinalReplicas {
    const current = this.linked.decision.question?.current?.clusters ?? [];
    const max = current.find(({ name }) => name === cluster)?.replicas ?? 0;
    return { min: 0, max, because: [], held };
  }

  #orKept(copy: FinalReplicas): FinalReplicas {
    const { scheduled } = this.linked.decision;
    return isKept(this.linked.decision) && 'why' in scheduled ? { ...copy, held: scheduled.why } : copy;
  }

  #made(cluster: string, { replicas, tie }: NonNullable<Case>): FinalReplicas {
    const { decision } = this.linked;
    const { interpreter, state, karmada, clusters } = this.context;
    const scheduled = replicas.get(cluster) ?? 0;
    const revision: Revision = revisedFor(decision, cluster, replicas, tie, interpreter);
    if (revision.kind === 'notStated') {
      const max = Math.max(scheduled, decision.replicas ?? scheduled);
      return { min: 0, max, because: [revision.why] };
    }
    const member = clusters.get(cluster) ?? { name: cluster };
    const revised = this.#podsOf(revision.object);
    const because: string[] = [];
    const whole = decision.countsReplicas || decision.components !== undefined;
    if (whole && revised !== undefined && revised !== scheduled) because.push(this.#whyWhole(revised));
    const result = overriddenCopy(revision.object, member, state, {
      karmada,
      onStep: ({ policy, before, after }) => {
        if (this.#podsOf(before) !== this.#podsOf(after)) because.push(`${policyKey(policy)} sets the replicas`);
      },
    });
    if (result.kind === 'failed') return { min: 0, max: 0, because: [], held: result.why, failed: true };
    const pods = this.#podsOf(result.object);
    if (pods !== undefined) return { min: pods, max: pods, because: [...new Set(because)] };
    const interpreted = interpreter.replicasOf(result.object);
    const why = interpreted.kind === 'notStated' ? [interpreted.why] : [];
    if (revised !== undefined)
      return { min: 0, max: 0, because: [], held: `the cluster refuses it: ${why.join('; ')}` };
    return { min: 0, max: Math.max(scheduled, decision.replicas ?? scheduled), because: why };
  }

  #whyWhole(pods: number): string {
    const { template, components } = this.linked.decision;
    const { kind } = template;
    if (components) {
      const parts = components.map(({ name, replicas }) => `${replicas} ${name}`);
      return `a ${kind} goes whole to each cluster: ${joinWords(parts, 'and')}`;
    }
    return this.context.interpreter.canRevise(template)
      ? `the ${kind} of the cluster has ${pods}`
      : `Karmada does not change the replicas of a ${kind}: each cluster gets all ${pods}`;
  }

  /** Undefined where a script or webhook decides. */
  #podsOf(object: KubernetesObject): number | undefined {
    // The API server of a member fills in what an override removed.
    return this.context.interpreter.podsOf(withStoredDefaults(object));
  }
}
