import { AssertionError } from 'node:assert';
import type { Contract } from '../model/contract';
import type { Losses, Plan, TemplatePlan, UnschedulableReason } from '../planner';
import { checkContracts } from '../planner/contract/check-contracts';
import { ModelError } from '../problem/model-error';
import { anything, checkValue, either, kindOf, listOf, mapOf, text, wholeNumber } from '../problem/value-kinds';
import { rangeText } from '../problem/words';
import { contractsText } from '../report';
import { firstDifference } from './contained';
import {
  checkCluster,
  clustersIn,
  type ExpectedPlacement,
  placementText,
  plainExpectation,
  plainPlacement,
  samePlacement,
} from './expected-placement';
import { findTemplate } from './find-template';
import { plainOutcome, plannedText } from './planned-text';

/** Assertions on a plan. Each throws an AssertionError if it fails, and returns this object for chaining. */
export class PlanExpectation {
  /** The plan, for other assertions: `plan.toString()` returns a stable snapshot. */
  readonly plan: Plan;

  readonly #losses: (() => Losses) | undefined;

  /** Use `expectPlan()`. */
  constructor(plan: Plan, losses?: () => Losses) {
    this.plan = plan;
    this.#losses = losses;
  }

  /**
   * Every contract holds, for all results of the scheduler. A contract that cannot be told fails too.
   *
   * @param contracts - a contract about a loss of mode `evicted` or `unjoined` needs manifests, not only a plan
   * @throws ModelError `testing.losses` for such a contract about an existing plan
   * @example
   * ```ts
   * expectPlan(federation).toFulfil(Contract.on(orders).keeps(2).whenLosing('any cluster'));
   * ```
   */
  toFulfil(...contracts: readonly Contract[]): this {
    const losses = () => {
      if (this.#losses) return this.#losses();
      throw new ModelError('a contract about evicted or unjoined clusters needs other plans', {
        code: 'testing.losses',
        fix: 'pass the app or its manifests to expectPlan, instead of a plan',
      });
    };
    const answers = checkContracts(contracts, { plan: this.plan, losses });
    const open = answers.filter(({ verdict }) => verdict !== 'holds');
    if (open.length === 0) return this;
    throw new AssertionError({
      message: `expected the contracts to hold\n${contractsText(open)}`,
      expected: [],
      actual: open,
    });
  }

  /**
   * The template goes to exactly these clusters, with exactly these replicas, independent of its UID and the running system.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param placement - map from cluster to replicas, or list of clusters
   * @example
   * ```ts
   * expectPlan(app).toPlace('Deployment/pipy', { member1: 2, member2: 1 }).toPlace('Service/pipy', ['member1', 'member2']);
   * ```
   */
  toPlace(template: string, placement: ExpectedPlacement): this {
    const found = findTemplate(this.plan, template);
    const expected = plainExpectation(placement, found, this.plan);
    const { outcome } = found;
    const holds =
      outcome.kind === 'certain' && samePlacement(plainPlacement(outcome.replicas, expected, found), expected);
    return this.#require(holds, found, {
      statement: `to be placed, for certain, ${inWords(expected)}`,
      expected: { certain: expected },
      actual: plainOutcome(found, expected),
      clusters: clustersIn(expected),
    });
  }

  /**
   * The UID of the template, unknown before the object exists, decides between exactly these two placements.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param one - one of the placements; the order of the two does not matter
   * @param other - the other placement
   */
  toPlaceEither(template: string, one: ExpectedPlacement, other: ExpectedPlacement): this {
    const found = findTemplate(this.plan, template);
    const first = plainExpectation(one, found, this.plan);
    const second = plainExpectation(other, found, this.plan);
    const { outcome } = found;
    const are = (a: typeof first, b: typeof first) =>
      outcome.kind === 'either' &&
      samePlacement(plainPlacement(outcome.ascending, a, found), a) &&
      samePlacement(plainPlacement(outcome.descending, b, found), b);
    const swapped = are(second, first);
    return this.#require(swapped || are(first, second), found, {
      statement: `to be placed either ${inWords(first)}\n  or ${inWords(second)}`,
      expected: { either: [first, second] },
      actual: plainOutcome(found, first),
      clusters: [...clustersIn(first), ...clustersIn(second)],
    });
  }

  /**
   * Each of these clusters runs the template in the end, with at least these replicas, independent of its UID and the
   * running system: after overrides, and at the minimum of an autoscaler.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param placement - map from cluster to minimum replicas, or list of clusters
   */
  toGuarantee(template: string, placement: ExpectedPlacement): this {
    const found = findTemplate(this.plan, template);
    const expected = plainExpectation(placement, found, this.plan);
    const guaranteed = new Map(
      found.guaranteedClusters
        .filter((cluster) => found.final.get(cluster)?.held === undefined)
        .map((cluster) => [cluster, found.final.get(cluster)?.min ?? 0] as const),
    );
    const holds = clustersIn(expected).every(
      (cluster) => (guaranteed.get(cluster) ?? -1) >= (Array.isArray(expected) ? 0 : Number(Object(expected)[cluster])),
    );
    return this.#require(holds, found, {
      statement: `to be guaranteed ${inWords(expected)}`,
      expected: { guaranteed: expected },
      actual: { guaranteed: plainPlacement(guaranteed, expected, found) },
      clusters: clustersIn(expected),
    });
  }

  /**
   * Exactly these clusters run the template in the end, with this many pods each: after replica revision and overrides,
   * and within the bounds of autoscalers. Clusters that never have a pod may be left out.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param pods - map from cluster to a number, or to the least and the most
   * @example
   * ```ts
   * expectPlan(app).toRun('Deployment/pipy', { member1: 2, member2: [2, 9] });
   * ```
   */
  toRun(template: string, pods: ExpectedPods): this {
    const found = findTemplate(this.plan, template);
    checkValue(pods, mapOf(podNumbers, '{ member1: 2, member2: [2, 9] }'), 'the expected pods');
    for (const cluster of Object.keys(pods)) checkCluster(cluster, this.plan);
    const expected = podsText(Object.entries(pods).map(([cluster, each]) => [cluster, boundsOf(each)] as const));
    const actual = podsText([...found.final].map(([cluster, { min, max }]) => [cluster, [min, max]] as const));
    const held = [...found.final].flatMap(([cluster, final]) => (final.held === undefined ? [] : [cluster]));
    const failing = held.filter((cluster) => boundsOf(pods[cluster] ?? 0)[1] > 0);
    return this.#require(expected === actual && failing.length === 0, found, {
      statement: `to run ${expected || 'nowhere'}, and it runs ${actual || 'nowhere'}`,
      expected: { runs: expected },
      actual: { runs: actual },
      clusters: Object.keys(pods),
    });
  }

  /**
   * None of these clusters ever receives the template.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param clusters - names of clusters
   */
  toAvoid(template: string, clusters: readonly string[]): this {
    const found = findTemplate(this.plan, template);
    checkValue(clusters, listOf(text), 'the clusters to avoid');
    for (const cluster of clusters) checkCluster(cluster, this.plan);
    const visited = found.possibleClusters.filter((cluster) => clusters.includes(cluster));
    return this.#require(visited.length === 0, found, {
      statement: `never to be placed in ${clusters.join(', ')}`,
      expected: { comesTo: [] },
      actual: { comesTo: visited },
    });
  }

  /**
   * The placement of the template is decided at run time. The plan has the reason and the possible clusters.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param clusters - exactly the possible clusters @default - not compared
   */
  toBeDecidedAtRunTime(template: string, clusters?: readonly string[]): this {
    const found = findTemplate(this.plan, template);
    if (clusters !== undefined) checkValue(clusters, listOf(text), 'the expected clusters');
    for (const cluster of clusters ?? []) checkCluster(cluster, this.plan);
    const { outcome } = found;
    const expected = clusters && [...clusters].sort();
    const possible = [...found.possibleClusters].sort();
    const holds = outcome.kind === 'atRunTime' && (!expected || samePlacement(possible, expected));
    return this.#require(holds, found, {
      statement: `to be decided at run time${expected ? ` among ${placementText(expected)}` : ''}`,
      expected: { atRunTime: expected ?? possible },
      actual: outcome.kind === 'atRunTime' ? { atRunTime: possible } : plainOutcome(found),
    });
  }

  /**
   * A policy claims the template, and Karmada cannot schedule it.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param reason - of the binding's `Scheduled` condition @default - any
   */
  toBeUnschedulable(template: string, reason?: UnschedulableReason): this {
    const found = findTemplate(this.plan, template);
    const { outcome } = found;
    const holds = outcome.kind === 'unschedulable' && (reason === undefined || outcome.reason === reason);
    return this.#require(holds, found, {
      statement: `to be unschedulable${reason === undefined ? '' : ` (${reason})`}`,
      expected: { unschedulable: reason ?? 'for any reason' },
      actual: plainOutcome(found),
    });
  }

  /**
   * No policy claims the template, and it is not propagated as a dependency.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   */
  toBeUnmatched(template: string): this {
    const found = findTemplate(this.plan, template);
    return this.#require(found.outcome.kind === 'unmatched', found, {
      statement: 'to be unmatched',
      expected: { unmatched: 'by any policy' },
      actual: plainOutcome(found),
    });
  }

  /**
   * A member cluster certainly receives the template with at least these fields, after replica revision and overrides.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param cluster - name of the member cluster
   * @param fields - part of the object; lists are compared item by item and must have the same length
   * @example
   * ```ts
   * expectPlan(app).toDeliver('Deployment/web', 'member2', { spec: { replicas: 1 } });
   * ```
   */
  toDeliver(template: string, cluster: string, fields: object): this {
    const found = findTemplate(this.plan, template);
    checkCluster(cluster, this.plan);
    checkValue(fields, mapOf(anything, '{ spec: { replicas: 2 } }'), 'the expected fields');
    const statement = `to be delivered to ${cluster} with the given fields`;
    const members = found.objectsIn(cluster);
    for (const member of members) {
      if (member.kind === 'failed') {
        this.#require(false, found, {
          statement: `${statement}, but Karmada fails to make it: ${member.why}`,
          expected: fields,
          actual: { failed: member.why },
        });
      } else {
        const difference = firstDifference(fields, member.object);
        this.#require(difference === undefined, found, {
          statement: `${statement}, and ${difference?.path} differs`,
          expected: difference?.expected,
          actual: difference?.actual,
        });
      }
    }
    return this.#require(members.length > 0 && members.every(({ guaranteed }) => guaranteed), found, {
      statement,
      expected: { receives: 'for certain' },
      actual: { receives: members.length > 0 ? 'perhaps' : 'never' },
      clusters: [cluster],
    });
  }

  /** Every template is claimed and scheduled, and Karmada can apply all overrides. */
  toPlaceEverything(): this {
    for (const template of this.plan.templates) {
      const { kind } = template.outcome;
      this.#require(kind !== 'unmatched' && kind !== 'unschedulable', template, {
        statement: 'to be placed',
        expected: { placed: true },
        actual: plainOutcome(template),
      });
    }
    for (const { name } of this.plan.clusters) {
      for (const member of this.plan.objectsIn(name)) {
        if (member.kind === 'received') continue;
        this.#require(false, findTemplate(this.plan, member.template), {
          statement: `to be delivered to ${name}, but Karmada fails to make it: ${member.why}`,
          expected: { delivered: true },
          actual: { failed: member.why },
        });
      }
    }
    return this;
  }

  #require(holds: boolean, template: TemplatePlan, stated: Statement): this {
    if (holds) return this;
    throw new AssertionError({
      message: `expected ${template.key} ${stated.statement}\n${plannedText(this.plan, template, stated.clusters ?? [])}`,
      expected: stated.expected,
      actual: stated.actual,
    });
  }
}

/** An assertion on a template, as text and as data. */
interface Statement {
  readonly statement: string;
  readonly expected: unknown;
  readonly actual: unknown;
  /** Clusters whose exclusion explains a failure. */
  readonly clusters?: readonly string[];
}

/** Pods by cluster: a number, or the least and the most. */
export type ExpectedPods = Readonly<Record<string, number | readonly [least: number, most: number]>>;

const number = wholeNumber({ atLeast: 0 });
const podNumbers = either(
  kindOf(
    'a number, or the least and the most',
    'write it like 2 or [2, 9]',
    (value) => Array.isArray(value) && value.length === 2 && value.every((each) => number(each) === undefined),
  ),
  number,
);

function boundsOf(pods: number | readonly [number, number]): readonly [number, number] {
  return typeof pods === 'number' ? [pods, pods] : pods;
}

/** `member1 2, member2 2 to 9`; clusters without pods are omitted. */
function podsText(pods: readonly (readonly [cluster: string, bounds: readonly [number, number]])[]): string {
  return pods
    .filter(([, [, most]]) => most > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cluster, [least, most]]) => `${cluster} ${rangeText({ min: least, max: most })}`)
    .join(', ');
}

function inWords(placement: ReturnType<typeof plainExpectation>): string {
  return clustersIn(placement).length === 0 ? 'nowhere' : `in ${placementText(placement)}`;
}
