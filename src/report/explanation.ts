import { objectKey } from '../kubernetes/object';
import type { EitherOutcome, FinalReplicas, Outcome, Replicas, TemplatePlan } from '../planner';
import { differingClusters } from '../planner/final/final-replicas';
import { counted, joinWords, rangeText } from '../problem/words';
import { labelled, timeText } from './words';

/**
 * Explains the outcome of a template in labelled lines, with everything that the table cannot show.
 * Empty for a certain outcome without notes that runs as it is scheduled.
 */
export function explanation(template: TemplatePlan, width: number): string[] {
  return explanationParts(template).flatMap(({ label, text }) => labelled(label, text, width));
}

/** A part of an explanation. */
export interface ExplanationPart {
  /** `why`, `certain`, `note` and so on. */
  readonly label: string;
  readonly text: string;
}

/** The same as data. */
export function explanationParts(template: TemplatePlan): readonly ExplanationPart[] {
  return [
    ...outcomeLines(template, template.outcome),
    ...capacityLines(template),
    ...lookLines(template),
    ...exclusionLines(template),
    ...endLines(template),
    ...template.losers.flatMap(({ policy, why }) => say('also', `${objectKey(policy.object)} selects it: ${why}`)),
    ...template.notes.flatMap((note) => say('note', note)),
  ];
}

function say(label: string, text: string): ExplanationPart[] {
  return [{ label, text }];
}

function outcomeLines(template: TemplatePlan, outcome: Outcome): ExplanationPart[] {
  switch (outcome.kind) {
    case 'certain':
      return [];
    case 'either':
      return [
        ...say('either', eitherText(outcome.ascending, outcome, template)),
        ...say('or', eitherText(outcome.descending, outcome, template)),
        ...say('certain', guaranteeText(outcome, template)),
        ...say(
          'why',
          `clusters are equally entitled to a replica, and Karmada decides between them by the UID of ${outcome.decidedBy}, which is unknown until the object is created`,
        ),
      ];
    case 'atRunTime':
      return [
        ...say('why', outcome.why),
        ...say('possible', outcome.clusters.length > 0 ? joinWords(outcome.clusters, 'and') : 'no cluster'),
        ...say(
          'certain',
          outcome.guaranteed.length > 0 ? joinWords(outcome.guaranteed, 'and') : 'no cluster is certain to have it',
        ),
      ];
    case 'unschedulable':
      return [...say('why', `${outcome.reason}: ${outcome.why}`), ...keptLines(outcome.kept, template)];
    case 'unmatched':
      return [...say('why', outcome.why), ...keptLines(outcome.kept, template)];
    default:
      return outcome satisfies never;
  }
}

/** One of the two results, with the clusters that only the other one has. */
function eitherText(result: Replicas, { ascending, descending }: EitherOutcome, template: TemplatePlan): string {
  const without = [...ascending.keys(), ...descending.keys()].filter((cluster) => !result.has(cluster));
  return `${resultText(result, template)}${without.length > 0 ? `, none in ${joinWords(without, 'and')}` : ''}`;
}

/** What both results have in common, and the clusters that may get nothing. */
function guaranteeText({ ascending, descending, guaranteed }: EitherOutcome, template: TemplatePlan): string {
  const clusters = [...new Set([...ascending.keys(), ...descending.keys()])];
  const others = clusters.filter((cluster) => !guaranteed.has(cluster));
  if (others.length === 0) return `at least ${resultText(guaranteed, template)}`;
  const none = `${joinWords(others, 'and')} may have none`;
  return guaranteed.size === 0 ? `nothing: ${none}` : `only ${resultText(guaranteed, template)}; ${none}`;
}

/** What differs in the end from the scheduler's answer, clusters of the same kind together. */
function endLines(template: TemplatePlan): ExplanationPart[] {
  const clustersByEnd = new Map<string, { readonly final: FinalReplicas; readonly clusters: string[] }>();
  for (const [cluster, final] of differingClusters(template)) {
    const { min, max, because, held } = final;
    const key = JSON.stringify([min, max, because, held]);
    const known = clustersByEnd.get(key);
    if (known) known.clusters.push(cluster);
    else clustersByEnd.set(key, { final, clusters: [cluster] });
  }
  return [...clustersByEnd.values()].flatMap(({ final, clusters }) => {
    const { because, held } = final;
    if (held !== undefined) return say('held', `in ${joinWords(clusters, 'and')}: ${held}`);
    const each = clusters.length > 1 ? ' each' : '';
    return say('runs', `${rangeText(final)}${each} in ${joinWords(clusters, 'and')}: ${because.join('; ')}`);
  });
}

function keptLines(kept: Replicas, template: TemplatePlan): ExplanationPart[] {
  return kept.size === 0 ? [] : say('keeps', `what runs already: ${resultText(kept, template)}`);
}

/** The free capacity that decides, with the roomiest clusters first. */
function capacityLines({ capacity }: TemplatePlan): ExplanationPart[] {
  if (!capacity) return [];
  const { time, available } = capacity;
  const rooms = [...available].sort(([, a], [, b]) => b - a).map(([cluster, room]) => `${room} in ${cluster}`);
  return say(
    'room',
    `${joinWords(rooms, 'and', 8)}${time === undefined ? '' : `, with the capacity of ${timeText(time)}`}`,
  );
}

/** What the scheduler does with the current binding, where the outcome does not show it. */
function lookLines({ look, outcome, affinityTerm }: TemplatePlan): ExplanationPart[] {
  const tried = look?.attempts.slice(0, -1) ?? [];
  return [
    ...(look?.mode === 'fresh' ? say('fresh', 'a WorkloadRebalancer has all replicas divided anew') : []),
    ...(affinityTerm !== undefined && tried.length > 0
      ? say(
          'group',
          `${affinityTerm}, since ${joinWords(tried, 'and')} ${tried.length > 1 ? 'have' : 'has'} no place for it`,
        )
      : []),
    ...(look?.leaving ? say('leaving', `${joinWords(look.leaving, 'and')}, barred until the eviction ends`) : []),
    ...(outcome.kind === 'unschedulable' && look ? say('retry', look.retried ? retried : waits) : []),
  ];
}

const retried = 'Karmada tries again by itself, with a growing delay';
const waits = 'Karmada does not try again until a cluster, the placement or the replicas change';

/** Clusters that a scheduler filter excludes, listed if no cluster is left. */
function exclusionLines({ outcome, exclusions }: TemplatePlan): ExplanationPart[] {
  if (outcome.kind !== 'unschedulable') return [];
  const clustersByReason = new Map<string, string[]>();
  for (const { cluster, reasons } of exclusions) {
    const reason = reasons.map(({ why }) => why).join('; ');
    clustersByReason.set(reason, [...(clustersByReason.get(reason) ?? []), cluster]);
  }
  return [...clustersByReason].flatMap(([reason, clusters]) =>
    say('not in', `${joinWords(clusters, 'and')}: ${reason}`),
  );
}

/** `1 in member1, 2 in member2`; only names for objects without replicas. */
export function resultText(replicas: Replicas, { countsReplicas }: TemplatePlan): string {
  if (replicas.size === 0) return 'no cluster';
  if (!countsReplicas) return joinWords([...replicas.keys()], 'and');
  const clustersByCount = new Map<number, string[]>();
  for (const [cluster, count] of replicas) clustersByCount.set(count, [...(clustersByCount.get(count) ?? []), cluster]);
  const parts = [...clustersByCount].map(([count, clusters]) => {
    const each = clusters.length > 1 ? ' each' : '';
    return `${count}${each} in ${joinWords(clusters, 'and')}`;
  });
  return parts.join(', ');
}

/** The desired replicas: `2 replicas, divided`; empty for objects without replicas. */
export function wishText({ replicas, countsReplicas, divided, possibleClusters }: TemplatePlan): string {
  if (!countsReplicas) return '';
  if (replicas === undefined) return 'replicas known at run time only';
  return divided || possibleClusters.length < 2
    ? counted(replicas, 'replica')
    : `${counted(replicas, 'replica')} in each cluster`;
}
