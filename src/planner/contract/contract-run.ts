import type { Cluster } from '../../karmada/cluster';
import type { Manifest } from '../../kubernetes/manifest';
import { entryOf } from '../../kubernetes/map-entries';
import { type ContractGroup, type ContractTarget, type LossMode, targetText } from '../../model/contract-spec';
import { joinWords, nearMiss, quoted } from '../../problem/words';
import { clustersLost } from '../loss/loss';
import type { Losses } from '../loss/plan-after-loss';
import type { Replicas } from '../outcome';
import type { Plan, TemplatePlan } from '../plan';
import { namePattern, templateNames } from '../template-names';
import { cannotTell, type Finding } from './answer';
import { ClusterGroups } from './cluster-groups';
import { observedPlacement, type PossiblePlacement, possiblePlacements } from './possible-placements';

/** Input of `checkContracts`. */
export interface ContractInput {
  readonly plan: Plan;
  /** Answers about losses, for contracts about eviction and unjoining. Made when such a contract is there. */
  readonly losses: () => Losses;
  /** Where templates really run, by key. @default - where the plan puts them */
  readonly observed?: (template: string) => Replicas | undefined;
}

/** What the contracts of one run share. */
export class ContractRun {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly #groups = new Map<ContractGroup, ClusterGroups>();
  #losses: Losses | undefined;
  readonly #plansAfter = new Map<string, Plan>();
  readonly #placements = new Map<TemplatePlan, readonly PossiblePlacement[]>();

  constructor(readonly input: ContractInput) {
    this.clusters = new Map(input.plan.clusters.map((cluster) => [cluster.name, cluster]));
  }

  get plan(): Plan {
    return this.input.plan;
  }

  /** Every way in which a template may run. */
  placementsOf(template: TemplatePlan): readonly PossiblePlacement[] {
    return entryOf(this.#placements, template, () => {
      const observed = this.input.observed?.(template.key);
      return observed ? [observedPlacement(observed)] : possiblePlacements(template);
    });
  }

  /** Every way in which a template may run after clusters are evicted or unjoined. */
  placementsAfter(
    { key }: TemplatePlan,
    clusters: readonly string[],
    mode: Exclude<LossMode, 'lost'>,
  ): readonly PossiblePlacement[] {
    const after = this.#planAfter(clusters, mode).template(key);
    return after ? possiblePlacements(after, clusters) : [];
  }

  /** Many templates ask about the same loss. */
  #planAfter(clusters: readonly string[], mode: Exclude<LossMode, 'lost'>): Plan {
    return entryOf(this.#plansAfter, JSON.stringify([mode, ...clusters]), () => {
      this.#losses ??= this.input.losses();
      return this.#losses.after({ kind: mode, clusters }).plan;
    });
  }

  groupsBy(by: ContractGroup): ClusterGroups {
    return entryOf(this.#groups, by, () => new ClusterGroups(this.plan.clusters, by));
  }

  /** The templates that a contract names. */
  templatesOf(target: ContractTarget): readonly TemplatePlan[] {
    const { templates } = this.plan;
    if ('construct' in target) {
      const below = new Set(target.templates);
      return templates.filter(
        (template) =>
          isBelow(template.manifest, target.construct) ||
          (below.size > 0 && templateNames(template).some((name) => below.has(name))),
      );
    }
    const [, namespace] = /^namespace\/(.+)$/i.exec(target.name) ?? [];
    const matches = namePattern(namespace ?? target.name);
    if (namespace === undefined) return templates.filter((template) => templateNames(template).some(matches));
    return templates.filter(({ manifest }) => matches(String(manifest.object.metadata?.namespace ?? '')));
  }

  /**
   * Names of clusters that a text stands for: a name, or `region=eu`.
   *
   * @throws ModelError `loss.unknown`
   */
  clustersNamed(text: string): readonly string[] {
    return clustersLost(text, this.plan.clusters);
  }

  /** The finding about a subject that does not exist. */
  absent(target: ContractTarget): Finding {
    const name = targetText(target);
    const meant = nearMiss(name, [...new Set(this.plan.templates.flatMap(templateNames))]);
    const fix = meant === undefined ? 'name a template of the manifests' : `did you mean ${quoted(meant)}?`;
    return cannotTell(`${quoted(name)} is not among the manifests`, fix);
  }
}

/** The finding about clusters whose group the fleet does not state. */
export function unstated(by: ContractGroup, clusters: readonly string[]): Finding {
  const why = `the fleet does not say in which ${by} ${joinWords(clusters, 'and')} ${clusters.length === 1 ? 'is' : 'are'}`;
  return cannotTell(why, `add \`${by === 'zone' ? 'zones' : by}\` to the clusters of the fleet`);
}

/** What would decide a result of the running system. */
export const wouldDecide =
  'state the free capacity (clusters with their status as the fleet, or --capacities), or divide by static weights';

/** The reason of the plan, as the end of a sentence; empty if the plan is certain. */
export function undecidedText({ outcome }: TemplatePlan): string {
  return outcome.kind === 'atRunTime' ? `: ${outcome.why}` : '';
}

function isBelow({ origin }: Manifest, path: string): boolean {
  return origin.type === 'construct' && (origin.construct === path || origin.construct.startsWith(`${path}/`));
}
