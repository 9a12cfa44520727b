import { AssertionError } from 'node:assert';
import type { Plan, TemplatePlan, UnschedulableReason } from '../planner';
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

/** Statements about a plan. Each throws an AssertionError when it does not hold, and returns the same object for the next one. */
export class PlanExpectation {
  /** The plan, for what is not said here: `plan.toString()` makes a stable snapshot. */
  readonly plan: Plan;

  /** Use `expectPlan()`. */
  constructor(plan: Plan) {
    this.plan = plan;
  }

  /**
   * The template goes to exactly these clusters, with exactly these replicas, whatever its UID and the running system say.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param placement - cluster to replicas, or clusters alone
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
   * Whatever the UID and the running system say, each of these clusters receives the template, with at least these replicas.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param placement - cluster to fewest replicas, or clusters alone
   */
  toGuarantee(template: string, placement: ExpectedPlacement): this {
    const found = findTemplate(this.plan, template);
    const expected = plainExpectation(placement, found, this.plan);
    const guaranteed = new Map(
      found.guaranteedClusters.map((cluster) => [cluster, found.replicasIn(cluster).min] as const),
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
   * The template never comes to any of these clusters.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param clusters - names of clusters
   */
  toAvoid(template: string, clusters: readonly string[]): this {
    const found = findTemplate(this.plan, template);
    for (const cluster of clusters) checkCluster(cluster, this.plan);
    const visited = found.possibleClusters.filter((cluster) => clusters.includes(cluster));
    return this.#require(visited.length === 0, found, {
      statement: `never to come to ${clusters.join(', ')}`,
      expected: { comesTo: [] },
      actual: { comesTo: visited },
    });
  }

  /**
   * The running system decides where the template goes: the planner says why, and which clusters are possible.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param clusters - exactly the clusters that are possible @default - not looked at
   */
  toBeDecidedAtRunTime(template: string, clusters?: readonly string[]): this {
    const found = findTemplate(this.plan, template);
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
   * A policy claims the template, and Karmada finds no place for it.
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
   * No policy claims the template, and nothing that is propagated brings it along.
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
   * A member cluster is certain to receive the template, after replica revision and overrides, with at least these fields.
   *
   * @param template - `Kind/name` or `Kind/namespace/name`
   * @param cluster - name of the member cluster
   * @param fields - part of the object; lists are compared item by item and have to be of the same length
   * @example
   * ```ts
   * expectPlan(app).toDeliver('Deployment/web', 'member2', { spec: { replicas: 1 } });
   * ```
   */
  toDeliver(template: string, cluster: string, fields: object): this {
    const found = findTemplate(this.plan, template);
    checkCluster(cluster, this.plan);
    const statement = `to be delivered to ${cluster} with the fields given`;
    const members = found.objectsIn(cluster);
    for (const member of members) {
      if (member.kind === 'failed') {
        this.#require(false, found, {
          statement: `${statement}, and Karmada fails to make it: ${member.why}`,
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

  /** Every template is claimed and scheduled, and Karmada can make what each member cluster receives. */
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
          statement: `to be delivered to ${name}, and Karmada fails to make it: ${member.why}`,
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

/** What was said of a template, in words and as data. */
interface Statement {
  readonly statement: string;
  readonly expected: unknown;
  readonly actual: unknown;
  /** Clusters whose exclusion would explain it. */
  readonly clusters?: readonly string[];
}

function inWords(placement: ReturnType<typeof plainExpectation>): string {
  return clustersIn(placement).length === 0 ? 'nowhere' : `in ${placementText(placement)}`;
}
