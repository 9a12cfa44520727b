import type { Manifest } from '../kubernetes/manifest';
import type { Contract } from '../model/contract';
import { Losses, type Plan, type PlanOptions } from '../planner';
import type { ContractAnswer } from '../planner/contract/answer';
import { checkContracts } from '../planner/contract/check-contracts';

/** What a plan says about contracts. */
export function contractAnswers(
  contracts: readonly Contract[],
  plan: Plan,
  manifests: readonly Manifest[],
  options: PlanOptions,
): readonly ContractAnswer[] {
  return checkContracts(contracts, { plan, losses: () => Losses.of(manifests, options) });
}
