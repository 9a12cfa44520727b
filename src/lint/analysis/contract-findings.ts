import type { Manifest } from '../../kubernetes/manifest';
import type { ContractAnswer, ContractVerdict } from '../../planner/contract/answer';
import type { PlanContext } from '../engine/rule';

/** Reports the contracts with a verdict, each at its template. */
export function reportContracts(context: PlanContext, verdict: Exclude<ContractVerdict, 'holds'>, words: string): void {
  for (const answer of context.contractAnswers) {
    if (answer.verdict !== verdict) continue;
    const { contract, why, fix = '' } = answer;
    context.report({
      at: subjectOf(answer, context),
      message: `${words} "${contract}": ${why}`,
      fix,
      ...(answer.template === undefined && { missing: {} }),
    });
  }
}

/** The template, or the contract itself if no template matches it. */
function subjectOf({ template = '', contract }: ContractAnswer, { plan, contracts }: PlanContext): Manifest {
  const manifest = plan.template(template)?.manifest;
  if (manifest) return manifest;
  const index = contracts.findIndex((each) => each.toString() === contract);
  const object = { apiVersion: 'cdk8s-karmada.dev/v1', kind: 'Contract', metadata: { name: contract } };
  return { object, origin: { type: 'memory', index } };
}
