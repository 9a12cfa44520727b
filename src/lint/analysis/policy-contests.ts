import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { listOf } from '../../kubernetes/plain-data';
import { explicitPriority, policyKey } from '../../planner/control-plane-state/policy';
import { selectorPriority } from '../../planner/matching/resource-selector';
import type { MatchingPolicy } from '../../planner/matching/select-policy';
import { joinWords } from '../../problem/words';
import type { ChosenPolicy } from './policy-choice';

/** Two policies that select the same templates, and how it ends between them. */
export interface PolicyContest {
  readonly winner: MatchingPolicy;
  readonly loser: MatchingPolicy;
  /** What both select and the winner gets. */
  readonly templates: readonly Manifest[];
  /** By what the winner wins. */
  readonly by: 'namespace' | 'priority' | 'precision' | 'name';
}

/** Contests between policies for templates that nothing has claimed yet, each pair of policies once for each way to win. */
export function policyContestsIn(choices: readonly ChosenPolicy[]): readonly PolicyContest[] {
  const contests = new Map<string, PolicyContest & { readonly templates: Manifest[] }>();
  for (const { template, winner, by: decided, losers } of choices) {
    if (!winner || decided !== 'match') continue;
    const first = policyKey(winner.policy);
    for (const loser of losers) {
      const by = wonBy(winner, loser);
      const key = `${by} ${first} ${policyKey(loser.policy)}`;
      const contest = contests.get(key);
      if (contest) contest.templates.push(template);
      else contests.set(key, { winner, loser, by, templates: [template] });
    }
  }
  return [...contests.values()];
}

/** @see Karmada v1.18.2 pkg/detector/compare.go */
function wonBy(winner: MatchingPolicy, loser: MatchingPolicy): PolicyContest['by'] {
  if (winner.policy.kind !== loser.policy.kind) return 'namespace';
  if (explicitPriority(winner.policy) !== explicitPriority(loser.policy)) return 'priority';
  return winner.implicitPriority === loser.implicitPriority ? 'name' : 'precision';
}

/** Field of the selector by which a policy selects a template most precisely. */
export function selectorPathOf({ policy, implicitPriority }: MatchingPolicy, { object }: Manifest): string {
  const index = listOf<Parameters<typeof selectorPriority>[1]>(policy.spec.resourceSelectors).findIndex(
    (selector) => selector && selectorPriority(object, selector) === implicitPriority,
  );
  return `spec.resourceSelectors[${index}]`;
}

/** Keys of templates as people list them; of very many only the first are looked at. */
export function listedKeys(templates: readonly Manifest[]): string {
  const shown = templates.slice(0, 8).map(({ object }) => objectKey(object));
  return templates.length > 8 ? `${joinWords(shown)} and ${templates.length - 8} more` : joinWords(shown, 'and');
}
