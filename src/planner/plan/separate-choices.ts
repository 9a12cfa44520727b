import { appendTo } from '../../kubernetes/map-entries';
import { fieldAt, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { isFollowed, podReferencesOf } from '../../kubernetes/pod-references';
import { podLabelsOf } from '../../kubernetes/pod-template';
import type { SeparateChoice, TemplatePlan } from '../plan';

/**
 * The objects that belong to the pods of a workload and may miss it: Services in front of the pods, and what the pods refer to by
 * name. Karmada schedules each of them on its own. Replicas choose clusters by free capacity where spread constraints or affinity
 * groups leave a choice; objects without replicas choose by name.
 */
export class SeparateChoices {
  readonly #byName = new Map<string, TemplatePlan>();
  readonly #services = new Map<string, TemplatePlan[]>();

  constructor(templates: readonly TemplatePlan[]) {
    for (const template of templates) {
      const { apiVersion, kind, metadata } = template.manifest.object;
      if (apiVersion !== 'v1') continue;
      const namespace = textOf(metadata?.namespace);
      this.#byName.set(`${kind}/${namespace}/${textOf(metadata?.name)}`, template);
      if (kind === 'Service') appendTo(this.#services, namespace, template);
    }
  }

  /** For a workload whose clusters are decided at run time, the objects that may be missing in some of them. */
  of(workload: TemplatePlan): readonly SeparateChoice[] {
    if (workload.outcome.kind !== 'atRunTime') return [];
    return this.#companionsOf(workload).flatMap((companion): SeparateChoice[] => {
      const { key, outcome, takenBy, requiredBy } = companion;
      if (outcome.kind === 'unmatched' || outcome.kind === 'unschedulable' || takenBy !== undefined) return [];
      if (companion === workload || requiredBy.some(({ template }) => template === workload.key)) return [];
      const reached = outcome.kind === 'atRunTime' ? companion.guaranteedClusters : companion.possibleClusters;
      const clusters = workload.possibleClusters.filter((cluster) => !reached.includes(cluster));
      // Clusters that the author left out are another matter.
      const isChoice =
        companion.policy === workload.policy || clusters.every((cluster) => companion.candidates.includes(cluster));
      return clusters.length > 0 && isChoice ? [{ template: key, clusters }] : [];
    });
  }

  #companionsOf({ manifest: { object } }: TemplatePlan): readonly TemplatePlan[] {
    const namespace = textOf(object.metadata?.namespace);
    const labels = podLabelsOf(object);
    const services = (labels ? (this.#services.get(namespace) ?? []) : []).filter(({ manifest }) => {
      const selector = Object.entries(stringMapOf(fieldAt(manifest.object.spec, 'selector')) ?? {});
      return (
        selector.length > 0 &&
        selector.every(([key, value]) => labels !== undefined && Object.hasOwn(labels, key) && labels[key] === value)
      );
    });
    const referred = podReferencesOf(object)
      .filter((reference) => isFollowed(reference) && !reference.optional)
      .flatMap(({ kind, name }) => this.#byName.get(`${kind}/${namespace}/${name}`) ?? []);
    return [...new Set([...services, ...referred])];
  }
}

/** The note in a plan about such an object. */
export function separateChoiceNote({ template, clusters }: SeparateChoice): string {
  return `${template} chooses its clusters on its own and may be missing in ${clusters.join(' and ')}`;
}
