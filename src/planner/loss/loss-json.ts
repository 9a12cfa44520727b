import type { ReplicaRange } from '../outcome';
import type { OutcomeJson } from '../plan-json';
import { outcomeJson } from '../plan-snapshot';
import type { LossKind } from './loss';
import type { LossPlan, LossStep, TemplateEviction } from './loss-plan';

/** A loss as JSON. */
export interface LossJson {
  readonly kind: LossKind;
  readonly clusters: readonly string[];
  readonly affected: readonly {
    readonly template: string;
    readonly lostIn: readonly string[];
    readonly replicas: Readonly<Record<'before' | 'during' | 'after', ReplicaRange>>;
    readonly eviction?: TemplateEviction;
    /** What runs, without the lost clusters. */
    readonly running: { readonly during: OutcomeJson; readonly after: OutcomeJson };
  }[];
  readonly timeline: readonly LossStep[];
}

/** The documented shape of a loss. */
export function lossJson(plan: LossPlan): LossJson {
  const running = (template: string, when: 'during' | 'after'): OutcomeJson => {
    const outcome = plan.running(template, when);
    // Every affected template is in the plan.
    return outcomeJson(outcome ?? { kind: 'unmatched', why: '', kept: new Map() });
  };
  return {
    kind: plan.loss.kind,
    clusters: [...plan.loss.clusters],
    affected: plan.affected.map((affected) => ({
      ...affected,
      running: { during: running(affected.template, 'during'), after: running(affected.template, 'after') },
    })),
    timeline: [...plan.timeline],
  };
}
