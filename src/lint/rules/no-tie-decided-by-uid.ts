import { compareText } from '../../kubernetes/plain-data';
import type { EitherOutcome } from '../../planner';
import { divideSeats } from '../../planner/schedule/webster';
import { joinWords } from '../../problem/words';
import { atReplicas, replicasCause, type StaticDivision, toReplicas } from '../analysis/static-division';
import { definePlanRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/helper/binding.go, tieBreakerByUID */
export const noTieDecidedByUid = definePlanRule({
  id: 'no-tie-decided-by-uid',
  severity: 'info',
  layer: 'federation',
  pitfalls: ['P27'],
  rank: 150,
  summary: 'The replicas of every cluster depend only on the manifests.',
  rationale:
    'among clusters with equal weights, a hash of the UID of the template decides which one gets the remainder, so it can change when the object is recreated',
  check({ isAutoscaled, divisions, plan, report }) {
    for (const template of plan.templates) {
      const { scheduled, manifest } = template;
      if (scheduled?.kind !== 'either' || isAutoscaled(manifest.object)) continue;
      const division = divisions.of(template);
      report({
        at: manifest,
        ...atReplicas(template),
        message: messageOf(scheduled, template.replicas, manifest.object.kind),
        fix: division ? fixOf(division) : 'choose a number of replicas that divides evenly',
        cause: replicasCause(template),
      });
    }
  },
});

function messageOf({ ascending, descending }: EitherOutcome, replicas: number | undefined, kind: string): string {
  const clusters = new Set([...ascending.keys(), ...descending.keys()]);
  const more = (one: EitherOutcome['ascending'], other: EitherOutcome['ascending']): string[] =>
    [...clusters].filter((cluster) => (one.get(cluster) ?? 0) > (other.get(cluster) ?? 0));
  const [first, second] = [more(ascending, descending), more(descending, ascending)];
  const moved = first.reduce((sum, cluster) => sum + (ascending.get(cluster) ?? 0) - (descending.get(cluster) ?? 0), 0);
  const verb = moved === 1 ? 'goes' : 'go';
  const total = replicas === undefined ? 'its replicas' : replicas === 1 ? undefined : `its ${replicas} replicas`;
  const subject = total === undefined ? 'its only replica' : `${moved} of ${total}`;
  return `${subject} ${verb} to ${joinWords(first, 'and')} or to ${joinWords(second, 'and')}, depending on the UID of the ${kind}`;
}

/** The next lower and higher numbers without a tie and without an empty cluster. */
function fixOf(division: StaticDivision): string {
  const numbers = evenNumbers(division);
  const other = 'give one of the clusters more weight';
  return numbers.length === 0 ? other : `${toReplicas(division.template, numbers.join(' or '))}, or ${other}`;
}

/** With more clusters of different weights, a suggested number is not useful. */
const mostClusters = 12;

function evenNumbers(division: StaticDivision): readonly number[] {
  const { replicas, results } = division;
  const [shares = []] = results.map((result) => [...result.values()]);
  const areUnequal = Math.max(...shares) - Math.min(...shares) > 1;
  if (areUnequal && shares.length > mostClusters) return [];
  const { weights } = division;
  const { size } = weights;
  if (new Set(weights.values()).size === 1) {
    const below = Math.floor(replicas / size) * size;
    return below > 0 ? [below, below + size] : [size];
  }
  if (size > mostClusters) return [];
  const votes = [...weights].sort(([a], [b]) => compareText(a, b)).map(([, weight]) => weight);
  return [-1, 1].flatMap((step) => nextEven(replicas, step, votes) ?? []);
}

function nextEven(replicas: number, step: number, votes: readonly number[]): number | undefined {
  for (let tried = 1; tried <= votes.length * 4; tried++) {
    const number = replicas + tried * step;
    if (number <= 0) return undefined;
    const { ascending, descending } = divideSeats(number, votes);
    if (ascending.every((seats, index) => seats > 0 && seats === descending[index])) return number;
  }
  return undefined;
}
