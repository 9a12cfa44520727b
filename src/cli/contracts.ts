import type { Manifest } from '../kubernetes/manifest';
import type { Contract } from '../model/contract';
import { type Plan, type PlanOptions, planOf } from '../planner';
import type { ContractAnswer } from '../planner/contract/answer';
import { checkContracts } from '../planner/contract/check-contracts';
import { plansAfter } from '../planner/contract/plans-after';

/** What a plan says about contracts. */
export function contractAnswers(
  contracts: readonly Contract[],
  plan: Plan,
  manifests: readonly Manifest[],
  options: PlanOptions,
): readonly ContractAnswer[] {
  if (contracts.length === 0) return [];
  const planAfter = plansAfter((lost) =>
    planOf(manifests, { ...options, fleet: plan.clusters.filter(({ name }) => !lost.includes(name)) }),
  );
  return checkContracts(contracts, { plan, planAfter });
}
