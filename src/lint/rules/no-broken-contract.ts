import { reportContracts } from '../analysis/contract-findings';
import { definePlanRule } from '../engine/rule';

export const noBrokenContract = definePlanRule({
  id: 'no-broken-contract',
  severity: 'error',
  layer: 'federation',
  summary: 'Every contract holds for all results that the scheduler may come to.',
  rationale: 'Karmada does not know the contract, and places the replicas otherwise',
  check(context) {
    reportContracts(context, 'broken', 'breaks the contract');
  },
});
