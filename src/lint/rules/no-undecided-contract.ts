import { reportContracts } from '../analysis/contract-findings';
import { definePlanRule } from '../engine/rule';

export const noUndecidedContract = definePlanRule({
  id: 'no-undecided-contract',
  severity: 'warning',
  layer: 'federation',
  summary: 'Manifests and fleet are enough to tell whether every contract holds.',
  rationale: 'whether the contract holds is only known when the control plane has decided',
  check(context) {
    reportContracts(context, 'cannotTell', 'it cannot be told whether it fulfils the contract');
  },
});
