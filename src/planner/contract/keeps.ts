import type { ContractSpec } from '../../model/contract-spec';
import { joinWords } from '../../problem/words';
import { mayReach, type ReplicaRange, sumOf } from '../outcome';
import type { TemplatePlan } from '../plan';
import { broken, cannotTell, caseOf, countText, type Finding, holds, tieText, worst } from './answer';
import { type ContractRun, undecidedText, unstated, wouldDecide } from './contract-run';
import type { PossiblePlacement } from './possible-placements';

type Keeps = Extract<ContractSpec, { kind: 'keeps' }>;

/** Clusters that are lost at once. */
interface Loss {
  readonly name: string;
  readonly clusters: readonly string[];
  /** Clusters of which a part is lost, because they have several zones. */
  readonly partly: readonly string[];
}

/** Whether enough replicas of a template are left after each loss. */
export function keepsFinding(spec: Keeps, template: TemplatePlan, run: ContractRun): Finding {
  const unknown =
    typeof spec.losing === 'string' ? run.groupsBy(spec.losing).unknownAmong(template.possibleClusters) : [];
  if (unknown.length > 0 && typeof spec.losing === 'string') return unstated(spec.losing, unknown);
  const keeps = spec.mode === 'lost' ? keepsWhenLost : keepsAfter;
  const findings = lossesOf(spec, template, run).map((loss) => keeps(spec, template, loss, run));
  return worst([
    spec.mode === 'lost' && spec.losing === 'cluster' ? keepsByCounting(spec, template, run) : undefined,
    ...findings,
  ]);
}

/** The losses that a contract asks about. A loss elsewhere changes nothing, so only those that touch the template. */
function lossesOf({ losing, mode }: Keeps, { possibleClusters }: TemplatePlan, run: ContractRun): readonly Loss[] {
  if (typeof losing !== 'string') {
    const clusters = [...new Set(losing.flatMap((name) => run.clustersNamed(name)))];
    return [{ name: joinWords(losing, 'and'), clusters, partly: [] }];
  }
  const groups = run.groupsBy(losing);
  const touched = new Set(possibleClusters.flatMap((cluster) => groups.of(cluster)));
  // A template that runs nowhere has no replicas to keep.
  if (touched.size === 0) return [{ name: `any ${losing}`, clusters: [], partly: [] }];
  return [...touched].map((group) => {
    const members = groups.members.get(group) ?? [];
    // Which zone a pod of such a cluster runs in is unknown. After an eviction the whole cluster counts.
    const partly = mode === 'lost' ? members.filter((cluster) => groups.of(cluster).length > 1) : [];
    const clusters = members.filter((cluster) => !partly.includes(cluster));
    return { name: losing === 'cluster' ? group : `${losing} ${group}`, clusters, partly };
  });
}

/** With Karmada's defaults nothing moves: what runs in the other clusters remains. */
function keepsWhenLost(spec: Keeps, template: TemplatePlan, loss: Loss, run: ContractRun): Finding {
  return worst(
    run.placementsOf(template).map((placement) => {
      const { replicas, total, decided } = placement;
      const gone = sumOf(rangesIn(replicas, loss.clusters));
      const doubtful = sumOf(rangesIn(replicas, loss.partly));
      const touched = new Set([...loss.clusters, ...loss.partly]);
      const left = sumOf([...replicas].filter(([cluster]) => !touched.has(cluster)).map(([, range]) => range));
      const least = decided ? left.min : Math.max(left.min, total.min - gone.max - doubtful.max);
      const most = decided ? left.max + doubtful.max : Math.min(left.max + doubtful.max, total.max - gone.min);
      const needed = neededOf(spec, total.min);
      if (least >= needed) return holds;
      const counterexample = caseOf(placement, loss.clusters);
      const sure = decided && doubtful.max === 0;
      const amount = sure || least === most ? String(least) : `as few as ${least}`;
      const why = `losing ${loss.name} leaves ${amount} of ${countText(total)}${tieText(placement)}`;
      if (sure || most < needed) return broken(why, fixFor(needed), counterexample);
      const fix =
        loss.partly.length > 0
          ? `state one zone for each cluster: in ${joinWords(loss.partly, 'and')} the zone of each pod decides`
          : wouldDecide;
      return cannotTell(`${why}${undecidedText(template)}`, fix, counterexample);
    }),
  );
}

/** R replicas in at most g clusters leave at most R - R/g without the fullest cluster, whichever it is. */
function keepsByCounting(spec: Keeps, template: TemplatePlan, run: ContractRun): Finding | undefined {
  for (const { decided, total, mostClusters } of run.placementsOf(template)) {
    if (decided || mostClusters === 0 || total.min !== total.max) continue;
    const left = total.min - Math.ceil(total.min / mostClusters);
    const needed = neededOf(spec, total.min);
    if (left >= needed) continue;
    const clusters = mostClusters === 1 ? '1 cluster' : `at most ${mostClusters} clusters`;
    const why = `${countText(total)} in ${clusters} leave at most ${left} without the fullest one`;
    return broken(why, fixFor(needed), { replicas: {} });
  }
  return undefined;
}

/** After failover, or without the cluster: what the scheduler places then. */
function keepsAfter(spec: Keeps, template: TemplatePlan, loss: Loss, run: ContractRun): Finding {
  const { mode } = spec;
  const before = Math.min(...run.placementsOf(template).map(({ total }) => total.min));
  const needed = neededOf(spec, before);
  const touched = loss.clusters.some((cluster) => mayReach(template.outcome, cluster));
  const placements =
    touched && mode !== 'lost' ? run.placementsAfter(template, loss.clusters, mode) : run.placementsOf(template);
  return worst(
    placements.map((placement) => {
      const { total, decided } = placement;
      if (total.min >= needed) return holds;
      const counterexample = caseOf(placement, loss.clusters);
      const why = `${total.max === 0 ? 'no replicas' : countText(total)} are left after ${loss.name} is ${mode}${tieText(placement)}`;
      if (decided || total.max < needed) return broken(why, fixFor(needed), counterexample);
      return cannotTell(`${why}${undecidedText(template)}`, wouldDecide, counterexample);
    }),
  );
}

/** The replicas that a contract asks for, given those before the loss. */
function neededOf({ replicas }: Keeps, before: number): number {
  if (typeof replicas === 'number') return replicas;
  // 0.6 of 5 is 3, although 0.6 * 5 is a little more in binary.
  return Math.ceil(replicas.share * before - 1e-9);
}

function fixFor(needed: number): string {
  return `run more replicas, or spread them over more clusters, so that ${needed} ${needed === 1 ? 'is' : 'are'} left`;
}

function rangesIn(replicas: PossiblePlacement['replicas'], clusters: readonly string[]): readonly ReplicaRange[] {
  return clusters.flatMap((cluster) => replicas.get(cluster) ?? []);
}
