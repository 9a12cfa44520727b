import { replicasField } from '../../kubernetes/replicas';
import { Contract } from '../../model/contract';
import { type ContractSpec, targetText } from '../../model/contract-spec';
import { checkValue, instanceOf, listOf } from '../../problem/value-kinds';
import type { TemplatePlan } from '../plan';
import type { ContractAnswer, Finding } from './answer';
import { type ContractInput, ContractRun } from './contract-run';
import { boundedFinding, onlyFinding, pairFinding } from './groups-findings';
import { keepsFinding } from './keeps';

export const contractList = listOf(instanceOf(Contract, "Contract.on('Deployment/shop/web').keeps(2)"));

/**
 * Checks contracts against a plan. Every result of a tie and every number of an autoscaler has to fulfil them. Where the
 * running system decides, a contract holds or is broken if counting is enough, and cannot be told otherwise.
 *
 * @returns at least one answer for each contract, in their order; one for each template that it is about
 * @throws ModelError `contract.cluster` for a cluster that the fleet does not have, `property.type` for anything but contracts
 */
export function checkContracts(contracts: readonly Contract[], input: ContractInput): readonly ContractAnswer[] {
  checkValue(contracts, contractList, 'contracts');
  const run = new ContractRun(input);
  return contracts.flatMap((contract) => answersTo(contract, run));
}

function answersTo(contract: Contract, run: ContractRun): readonly ContractAnswer[] {
  const { spec } = contract;
  const text = contract.toString();
  const subjects = run.templatesOf(spec.on);
  if (subjects.length === 0) return [{ contract: text, ...run.absent(spec.on) }];
  const about = spec.kind === 'only' ? withCompanions(subjects, run) : subjects.filter(hasReplicas);
  if (about.length === 0) {
    const why = `${targetText(spec.on)} has no workload with replicas`;
    return [{ contract: text, verdict: 'cannotTell', why, fix: 'name a workload, such as Deployment/default/web' }];
  }
  return about.map((template) => ({ contract: text, template: template.key, ...findingOf(spec, template, run) }));
}

function findingOf(spec: ContractSpec, template: TemplatePlan, run: ContractRun): Finding {
  switch (spec.kind) {
    case 'keeps':
      return keepsFinding(spec, template, run);
    case 'only':
      return onlyFinding(spec, template, run);
    case 'apartFrom':
    case 'togetherWith':
      return pairFinding(spec, template, run);
    case 'atMost':
    case 'maxSkew':
      return boundedFinding(spec, template, run);
    default:
      return spec satisfies never;
  }
}

/** Nothing interprets a template that no policy claims, so only its field tells. */
function hasReplicas({ countsReplicas, outcome, manifest }: TemplatePlan): boolean {
  return countsReplicas || (outcome.kind === 'unmatched' && replicasField(manifest.object) !== undefined);
}

/** Templates with everything that is propagated with them. */
function withCompanions(templates: readonly TemplatePlan[], run: ContractRun): readonly TemplatePlan[] {
  const found = new Map(templates.map((template) => [template.key, template]));
  // A map that grows is visited to its end.
  for (const { dependencies } of found.values()) {
    for (const key of dependencies) {
      const companion = run.plan.template(key);
      if (companion) found.set(key, companion);
    }
  }
  return [...found.values()];
}
