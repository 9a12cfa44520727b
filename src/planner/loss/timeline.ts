import { behaviourOf } from '../../karmada/release';
import { appendTo } from '../../kubernetes/map-entries';
import { joinWords } from '../../problem/words';
import type { TemplateDecision } from '../plan/template-decision';
import type { Planning } from '../plan-of';
import { type FleetAfter, notReady } from './control-plane-after';
import { defaultEvictionTimeout } from './eviction-tasks';
import type { AffectedTemplate, LossPlan, LossStep } from './loss-plan';

/**
 * Seconds until a cluster that does not answer is not ready, with the defaults of the flags: it has to fail for
 * `--cluster-failure-threshold`, and is asked every `--cluster-status-update-frequency`.
 */
export const secondsUntilTaint = 31;

/** Evictions in a second: three workers, each resting for two seconds (`--resource-eviction-rate` 0.5). */
const evictionsPerSecond = 1.5;

/** What the timeline of a loss is made of. */
export interface TimelineInput {
  readonly fleet: FleetAfter;
  readonly planned: Planning;
  readonly lost: readonly string[];
}

/** The steps of a loss in which clusters do not answer: as recorded, with Karmada's default flags. */
export function timelineOf(plan: LossPlan, input: TimelineInput): readonly LossStep[] {
  return new Timeline(plan, input).steps();
}

class Timeline {
  readonly #names: string;
  readonly #one: boolean;
  readonly #decisions: ReadonlyMap<string, TemplateDecision>;

  constructor(
    readonly plan: LossPlan,
    readonly input: TimelineInput,
  ) {
    this.#names = joinWords(input.lost, 'and');
    this.#one = input.lost.length === 1;
    this.#decisions = new Map(input.planned.decisions.map((decision) => [decision.key, decision]));
  }

  steps(): readonly LossStep[] {
    const evicts = this.plan.loss.kind === 'evicted' && this.input.fleet.noExecute !== 'nothing';
    const toldWrong = `Until Karmada sees it, new templates are still placed there`;
    return [
      {
        since: 'outage',
        seconds: 0,
        what: 'outage',
        text: `${this.#names} ${this.#one ? 'does' : 'do'} not answer: what runs there counts as lost. ${toldWrong}.`,
      },
      {
        since: 'outage',
        seconds: secondsUntilTaint,
        what: 'detected',
        text: `Ready is False, after 30 to 50 s. The taint ${notReady}:NoSchedule keeps new templates away. ${this.#evicting()}`,
      },
      ...(evicts ? this.#evictions() : this.#staying()),
      ...this.#recovery(evicts),
    ];
  }

  /** What evicts, in a sentence. */
  #evicting(): string {
    const { fleet, lost } = this.input;
    if (this.plan.loss.kind === 'lost') return 'Nothing is evicted.';
    const keys = fleet.clusters
      .filter(({ name }) => lost.includes(name))
      .flatMap(({ taints = [] }) => taints.filter(({ effect }) => effect === 'NoExecute').map(({ key }) => key));
    const taints = joinWords(
      [...new Set(keys)].map((key) => `${key}:NoExecute`),
      'and',
    );
    switch (fleet.noExecute) {
      case 'policies':
        return `The ClusterTaintPolicies add ${taints}.`;
      case 'assumed':
        return `${taints} is assumed, because the manifests have no ClusterTaintPolicy.`;
      case 'cluster':
        return `${taints} was there before.`;
      case 'nothing':
        return 'No ClusterTaintPolicy adds a NoExecute taint, so nothing is evicted.';
      default:
        return fleet.noExecute satisfies never;
    }
  }

  #evictions(): LossStep[] {
    const { affected } = this.plan;
    const bySecond = new Map<number, AffectedTemplate[]>();
    for (const template of affected) {
      if (template.eviction) appendTo(bySecond, template.eviction.afterSeconds, template);
    }
    const evictions = [...bySecond].sort(([a], [b]) => a - b);
    const isNowhere = ({ template }: AffectedTemplate) =>
      this.plan.plan.template(template)?.outcome.kind === 'unschedulable';
    const evicted = affected.filter(({ eviction }) => eviction);
    const held = evicted.filter(({ eviction }) => eviction?.heldBack);
    const moving = evicted.filter(({ eviction }) => !eviction?.heldBack && (eviction?.arrivesIn ?? []).length > 0);
    const nowhere = evicted.filter(isNowhere);
    const staying = affected.filter(
      ({ template, eviction, lostIn }) => !eviction && lostIn.length > 0 && this.#decisions.get(template)?.request,
    );
    const seconds = held.map(({ eviction }) => eviction?.afterSeconds ?? 0);
    const timeout = Math.max(0, ...seconds) + defaultEvictionTimeout;
    return [
      ...evictions.flatMap(([seconds, templates]) =>
        step('evicted', templates, evictedText(seconds, templates.length), 'outage', seconds),
      ),
      ...step(
        'oldCopy',
        moving,
        'New clusters get a copy at once. The old one is given up when the new ones are healthy.',
      ),
      ...step(
        'oldCopy',
        held,
        `Nothing is written to new clusters before ${timeout} s: the purge mode Directly deletes the old copy first, which waits for a cluster that answers, or for the end of the eviction.`,
      ),
      ...step(
        'oldCopy',
        nowhere,
        `Not replaced. The eviction bars the old cluster for ${defaultEvictionTimeout / 60} minutes, even if it answers earlier.`,
      ),
      ...step('stays', staying, `Tolerated without a limit: still bound to ${this.#names}.`),
    ];
  }

  #staying(): LossStep[] {
    const { affected } = this.plan;
    const divided = affected.filter((each) => this.#isDivided(each));
    return [
      ...step(
        'stays',
        affected,
        `Still bound to ${this.#names}. Everything looks finished: FullyApplied and health stay as they were.`,
      ),
      ...step(
        'change',
        divided,
        `When scaled, ${this.#names} ${this.#one ? 'counts' : 'count'} as before: static weights give ${this.#one ? 'it' : 'them'} the full share, aggregated division adds where replicas are, dynamic weights use the last known room. A WorkloadRebalancer does not help; a placement without ${this.#one ? 'it' : 'them'} does.`,
      ),
    ];
  }

  #recovery(evicts: boolean): LossStep[] {
    const { affected, plan } = this.plan;
    const moved = affected.filter(({ eviction }) => eviction);
    const regrouped = moved.filter(({ template }) => {
      const term = plan.template(template)?.affinityTerm;
      return term !== undefined && term !== this.#decisions.get(template)?.affinityTerm;
    });
    const others = moved.filter((each) => !regrouped.includes(each));
    const nowhere = others.filter(({ template }) => plan.template(template)?.outcome.kind === 'unschedulable');
    const divided = others.filter((each) => !nowhere.includes(each) && this.#isDivided(each));
    const returning = others.filter((each) => !divided.includes(each) && !nowhere.includes(each));
    const taints = evicts
      ? 'the NoSchedule taint goes; a NoExecute taint only by a ClusterTaintPolicy with removeOnConditions, or by hand'
      : 'the NoSchedule taint goes';
    const rebalanced = behaviourOf(this.input.planned.scheduler.settings.karmada).rebalanceFromFirstTerm
      ? ', until a WorkloadRebalancer starts at the first group again'
      : ', also after a WorkloadRebalancer';
    return [
      { since: 'recovery', seconds: 40, what: 'ready', text: `Ready is True, after 30 to 50 s, and ${taints}.` },
      {
        since: 'recovery',
        what: 'afterwards',
        text: 'What could not be written or deleted is tried again with a growing delay: count on as long as the outage took, at most 1000 s.',
      },
      ...after(
        returning,
        'Back in place without a change. The old copy is deleted all the same, and made anew up to a minute later.',
      ),
      ...after(nowhere, `Scheduled to ${this.#names} again when the eviction has ended.`),
      ...after(
        divided,
        `Nothing moves back. The old copy is deleted; ${this.#names} ${this.#one ? 'is' : 'are'} used again at the next scaling or by a WorkloadRebalancer.`,
      ),
      ...after(regrouped, `Still in the later affinity group${rebalanced}. The old copy is deleted.`),
    ];
  }

  #isDivided({ template }: AffectedTemplate): boolean {
    const decision = this.#decisions.get(template);
    return decision?.request !== undefined && decision.divided;
  }
}

function evictedText(seconds: number, count: number): string {
  const tolerance = seconds - secondsUntilTaint;
  const last = Math.round(count / evictionsPerSecond);
  const tolerated = tolerance > 0 ? ` after ${tolerance} s of toleration` : '';
  const paced = last > 2 ? `, three every 2 s until about ${seconds + last} s,` : '';
  return `Evicted${tolerated}${paced} and scheduled again at once.`;
}

function after(templates: readonly AffectedTemplate[], text: string): LossStep[] {
  return step('afterwards', templates, text, 'recovery');
}

function step(
  what: LossStep['what'],
  templates: readonly AffectedTemplate[],
  text: string,
  since: LossStep['since'] = 'outage',
  seconds?: number,
): LossStep[] {
  if (templates.length === 0) return [];
  const about = templates.map(({ template }) => template);
  return [{ since, ...(seconds !== undefined && { seconds }), what, text, templates: about }];
}
