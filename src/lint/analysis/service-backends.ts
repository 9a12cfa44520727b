import { apiGroup } from '../../kubernetes/object';
import { fieldAt, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { podLabelsOf, podTemplateOf } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import type { AutoscaledTest } from './autoscaling';
import type { Reach } from './reach';
import type { StaticDivisions } from './static-division';

/** A Service of a plan, and the workloads whose pods it selects. */
export interface ServiceBackends {
  readonly service: TemplatePlan;
  /** What it selects pods by. @default - it has no selector, so its endpoints come from elsewhere */
  readonly selector?: Readonly<Record<string, string>>;
  readonly workloads: readonly TemplatePlan[];
}

/**
 * Why a cluster may have no pod behind a Service: no workload is ever sent there (`apart`), the replicas are too few for
 * it (`division`), an override leaves none (`override`), or the running system decides (`atRunTime`).
 */
export interface Lack {
  readonly kind: 'apart' | 'division' | 'override' | 'atRunTime';
  /** The workload that could have been there. @default - none is sent there, or several could */
  readonly workload?: TemplatePlan;
  /** Whether there is none in any outcome. */
  readonly always: boolean;
}

/** What decides whether a workload runs in a cluster. */
interface WorkloadFacts {
  readonly isAutoscaled: AutoscaledTest;
  readonly reachOf: (template: TemplatePlan) => Reach;
  readonly divisions: StaticDivisions;
}

/** The Services of a plan with their backends. */
export class ServicesOfPlan {
  /** Every Service, by namespace and name: `default/pipy`. */
  readonly byName: ReadonlyMap<string, ServiceBackends>;

  constructor(
    templates: readonly TemplatePlan[],
    private readonly workload: WorkloadFacts,
  ) {
    const pods = new PodIndex(templates);
    const byName = new Map<string, ServiceBackends>();
    for (const service of templates) {
      const { apiVersion, kind, spec, metadata } = service.manifest.object;
      if (apiVersion !== 'v1' || kind !== 'Service') continue;
      const selector = textOf(fieldAt(spec, 'type')) === 'ExternalName' ? undefined : selectorOf(spec);
      byName.set(`${metadata?.namespace}/${metadata?.name}`, {
        service,
        ...(selector && { selector }),
        workloads: selector ? pods.selectedBy(textOf(metadata?.namespace), selector) : [],
      });
    }
    this.byName = byName;
  }

  /**
   * Whether a cluster may have no pod behind a Service; undefined if it certainly has one, and if it is unknown:
   * without a selector, or with a workload that is scaled to 0, unmatched or unschedulable, which other rules report.
   */
  lackIn({ selector, workloads }: ServiceBackends, cluster: string): Lack | undefined {
    if (!selector || workloads.length === 0) return undefined;
    if (workloads.some((workload) => surelyRuns(workload, cluster))) return undefined;
    if (workloads.some((workload) => this.#isOpen(workload))) return undefined;
    let always = true;
    let lacking: { readonly workload: TemplatePlan; readonly why: NonNullable<Presence['why']> } | undefined;
    for (const workload of workloads) {
      const { min, max, why } = this.#presenceIn(workload, cluster);
      if (min > 0) return undefined;
      if (max > 0) always = false;
      if (why !== undefined && (lacking === undefined || why === 'atRunTime')) lacking = { workload, why };
    }
    return lacking ? { kind: lacking.why, workload: lacking.workload, always } : { kind: 'apart', always };
  }

  /** Whether another rule reports that the workload does not run, or it is intended not to run. */
  #isOpen({ outcome, replicas, manifest }: TemplatePlan): boolean {
    if (outcome.kind === 'unmatched' || outcome.kind === 'unschedulable') return true;
    return replicas === 0 && podTemplateOf(manifest.object) !== undefined && hasReplicas(manifest.object);
  }

  /** How many pods a workload may have in a cluster. */
  #presenceIn(workload: TemplatePlan, cluster: string): Presence {
    const { countsReplicas, replicas, outcome, manifest } = workload;
    const reach = this.workload.reachOf(workload);
    const uncertain = outcome.kind === 'atRunTime' || this.workload.isAutoscaled(manifest.object);
    if (!reach.mayBeIn(cluster)) {
      const takesPart = this.workload.divisions.hasWeight(workload, cluster);
      return takesPart ? (uncertain ? leftOutAtRunTime : leftOut) : nowhere;
    }
    if (!countsReplicas || replicas === undefined) {
      return reach.surelyIn(cluster) ? present : { min: 0, max: 1, why: 'atRunTime' };
    }
    const { min, max, because = [], held } = workload.final.get(cluster) ?? nothing;
    // Other rules report an override that fails.
    if (held !== undefined) return present;
    const overridden = max === 0 && because.length > 0;
    return { min, max, why: overridden ? 'override' : uncertain ? 'atRunTime' : 'division' };
  }
}

/** The common case, quickly: a known number of replicas. */
function surelyRuns({ outcome, final }: TemplatePlan, cluster: string): boolean {
  return outcome.kind === 'certain' && (final.get(cluster)?.min ?? 0) > 0;
}

const nothing = { min: 0, max: 0, because: [], held: undefined };

/** Fewest and most pods of a workload in a cluster, and what decides it where the fewest are none. */
interface Presence {
  readonly min: number;
  readonly max: number;
  readonly why: 'division' | 'override' | 'atRunTime' | undefined;
}

const nowhere: Presence = { min: 0, max: 0, why: undefined };
const present: Presence = { min: 1, max: 1, why: undefined };
const leftOut: Presence = { min: 0, max: 0, why: 'division' };
const leftOutAtRunTime: Presence = { min: 0, max: 0, why: 'atRunTime' };

function selectorOf(spec: unknown): Readonly<Record<string, string>> | undefined {
  const selector = stringMapOf(fieldAt(spec, 'selector'));
  return selector && Object.keys(selector).length > 0 ? selector : undefined;
}

function hasReplicas({ apiVersion, kind }: { apiVersion: string; kind: string }): boolean {
  return apiGroup(apiVersion) !== 'batch' && kind !== 'DaemonSet' && kind !== 'Pod';
}

/** Workloads by namespace and by each label of their pods. */
class PodIndex {
  readonly #byLabel = new Map<string, TemplatePlan[]>();
  readonly #labels = new Map<TemplatePlan, Readonly<Record<string, string>>>();

  constructor(templates: readonly TemplatePlan[]) {
    for (const template of templates) {
      const { object } = template.manifest;
      const labels = podLabelsOf(object);
      if (!labels) continue;
      this.#labels.set(template, labels);
      for (const [key, value] of Object.entries(labels)) {
        const entry = labelEntry(textOf(object.metadata?.namespace), key, value);
        const others = this.#byLabel.get(entry);
        if (others) others.push(template);
        else this.#byLabel.set(entry, [template]);
      }
    }
  }

  /** Workloads whose pods have all these labels; the rarest label is looked up, the others are compared. */
  selectedBy(namespace: string, selector: Readonly<Record<string, string>>): readonly TemplatePlan[] {
    const pairs = Object.entries(selector);
    const [fewest = []] = pairs
      .map(([key, value]) => this.#byLabel.get(labelEntry(namespace, key, value)) ?? [])
      .sort((a, b) => a.length - b.length);
    return fewest.filter((template) => {
      const labels = this.#labels.get(template) ?? {};
      return pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
    });
  }
}

function labelEntry(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}
