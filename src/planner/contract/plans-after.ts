import type { LossMode } from '../../model/contract';
import type { Plan } from '../plan';
import type { ContractInput } from './contract-run';

/**
 * Plans after losses, each made once in a run.
 *
 * @param replan - the plan after clusters are evicted or unjoined
 */
export function plansAfter(
  replan: (clusters: readonly string[], mode: Exclude<LossMode, 'lost'>) => Plan,
): ContractInput['planAfter'] {
  const known = new Map<string, Plan>();
  return (clusters, mode) => {
    const key = JSON.stringify([mode, ...clusters]);
    const plan = known.get(key) ?? replan(clusters, mode);
    known.set(key, plan);
    return plan;
  };
}
