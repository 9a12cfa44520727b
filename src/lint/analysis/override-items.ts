import { policyKey } from '../../planner/control-plane-state/policy';
import type { OverrideStep } from '../../planner/override/apply-overrides';
import { type OverrideTrace, type OverrideTraces, overriderItems, overriderPath } from './override-traces';

/** One item of an override policy, with every object that it was applied to. */
export interface OverriderItem {
  /** The first step, which says whose it is. */
  readonly step: OverrideStep;
  /** Field that holds it. */
  readonly path: string;
  /** The item as it is written; for `plaintext` the first operation of the patch. */
  readonly item: unknown;
  readonly uses: readonly { readonly trace: OverrideTrace; readonly step: OverrideStep }[];
}

/** Items of all override policies that were applied to something, in the order in which they were met. */
export function appliedItems({ traces }: OverrideTraces): readonly OverriderItem[] {
  const items = new Map<string, OverriderItem & { readonly uses: OverriderItem['uses'][number][] }>();
  for (const trace of traces) {
    for (const step of trace.steps) {
      const path = overriderPath(step);
      const key = `${policyKey(step.policy)} ${path}`;
      const known = items.get(key);
      if (known) known.uses.push({ trace, step });
      else items.set(key, { step, path, item: overriderItems(step)[step.index], uses: [{ trace, step }] });
    }
  }
  return [...items.values()];
}

/** Keys of the templates that an item was applied to, each once. */
export function templatesOf(uses: OverriderItem['uses']): readonly string[] {
  return [...new Set(uses.map(({ trace }) => trace.template.key))];
}
