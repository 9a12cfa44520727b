import { labelValueProblems } from '../../kubernetes/names';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { checkLabelSelector, checkValueCount } from './label-selector';
import type { Affinity, NodeSelectorTerm, PodAffinityTerm, SpreadConstraint, Toleration } from './pod-types';

/**
 * Where pods may run: affinity, tolerations and spread constraints.
 *
 * @see Kubernetes pkg/apis/core/validation/validation.go, validateAffinity, ValidateTolerations, validateTopologySpreadConstraints
 */
export function checkAffinity(
  { nodeAffinity, podAffinity, podAntiAffinity }: Affinity,
  path: string,
  faults: Faults,
): void {
  const required = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required)
    checkNodeSelector(required, `${path}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`, faults);
  nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ preference }, index) => {
    const at = `${path}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${index}].preference`;
    if (preference) checkTerm(preference, at, faults);
  });
  for (const [name, affinity] of Object.entries({ podAffinity, podAntiAffinity })) {
    affinity?.requiredDuringSchedulingIgnoredDuringExecution?.forEach((term, index) => {
      checkPodTerm(term, `${path}.${name}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`, faults);
    });
    affinity?.preferredDuringSchedulingIgnoredDuringExecution?.forEach(({ podAffinityTerm }, index) => {
      const at = `${path}.${name}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`;
      if (podAffinityTerm) checkPodTerm(podAffinityTerm, at, faults);
    });
  }
}

/** The terms of a node selector. */
export function checkNodeSelector(
  { nodeSelectorTerms = [] }: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] },
  path: string,
  faults: Faults,
): void {
  nodeSelectorTerms.forEach((term, index) => {
    checkTerm(term, `${path}.nodeSelectorTerms[${index}]`, faults);
  });
}

function checkTerm({ matchExpressions, matchFields }: NodeSelectorTerm, path: string, faults: Faults): void {
  matchExpressions?.forEach(({ operator, values = [] }, index) => {
    const at = `${path}.matchExpressions[${index}].values`;
    checkValueCount(operator, values, at, faults);
    if (operator === 'Gt' || operator === 'Lt') {
      if (values.length !== 1) faults.missing(at, `${operator} needs one value`, 'write one number, in quotes');
      return;
    }
    for (const value of values) {
      for (const problem of labelValueProblems(value)) {
        faults.invalid(at, `${quoted(value)} ${problem}`, 'use the value of a label');
      }
    }
  });
  matchFields?.forEach(({ key, operator = '', values = [] }, index) => {
    const at = `${path}.matchFields[${index}]`;
    if (key) faults.oneOf(`${at}.key`, key, ['metadata.name']);
    if (operator) faults.oneOf(`${at}.operator`, operator, ['In', 'NotIn']);
    if (values.length !== 1) faults.missing(`${at}.values`, 'must have one value', 'write the name of one node');
  });
}

function checkPodTerm(term: PodAffinityTerm, path: string, faults: Faults): void {
  const { labelSelector, namespaceSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  checkLabelSelector(labelSelector, `${path}.labelSelector`, faults);
  checkLabelSelector(namespaceSelector, `${path}.namespaceSelector`, faults);
  if (matchLabelKeys.length + mismatchLabelKeys.length === 0) return;
  if (!labelSelector) {
    const field = matchLabelKeys.length > 0 ? 'matchLabelKeys' : 'mismatchLabelKeys';
    faults.excluded(`${path}.${field}`, 'needs a labelSelector', 'add labelSelector');
  }
  if (matchLabelKeys.some((key) => mismatchLabelKeys.includes(key))) {
    faults.excluded(`${path}.matchLabelKeys`, 'a key is in mismatchLabelKeys as well', 'keep one of them');
  }
}

/** Tolerations of taints. */
export function checkTolerations(tolerations: readonly Toleration[], path: string, faults: Faults): void {
  tolerations.forEach(({ key, operator = '', value, effect = '', tolerationSeconds }, index) => {
    const at = `${path}[${index}]`;
    if (!key && operator !== 'Exists') {
      faults.invalid(
        `${at}.operator`,
        'must be Exists, because the toleration has no key',
        'write operator: Exists, or add a key',
      );
    }
    if (operator === 'Exists' && value) {
      faults.excluded(
        `${at}.value`,
        'Exists takes no value',
        'remove value, or write operator: Equal',
        `${at}.operator`,
      );
    }
    if ((operator === '' || operator === 'Equal') && value) {
      for (const problem of labelValueProblems(value)) {
        faults.invalid(`${at}.value`, `${quoted(value)} ${problem}`, 'use the value of a taint', `${at}.operator`);
      }
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      faults.excluded(
        `${at}.tolerationSeconds`,
        'only effect NoExecute takes a time',
        'remove tolerationSeconds, or write effect: NoExecute',
        `${at}.effect`,
      );
    }
  });
}

/** Constraints that spread pods over nodes. */
export function checkSpread(constraints: readonly SpreadConstraint[], path: string, faults: Faults): void {
  const seen = new Set<string>();
  constraints.forEach((constraint, index) => {
    const { topologyKey = '', whenUnsatisfiable = '', labelSelector, minDomains, matchLabelKeys = [] } = constraint;
    const at = `${path}[${index}]`;
    const identity = `${topologyKey} ${whenUnsatisfiable}`;
    if (seen.has(identity)) {
      faults.add(
        'repeated-item',
        at,
        `topologyKey ${quoted(topologyKey)} with ${whenUnsatisfiable} is listed twice`,
        'keep one of them',
        path,
      );
    }
    seen.add(identity);
    if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
      faults.excluded(`${at}.minDomains`, 'needs whenUnsatisfiable: DoNotSchedule');
    }
    checkLabelSelector(labelSelector, `${at}.labelSelector`, faults);
    if (matchLabelKeys.length === 0) return;
    if (!labelSelector) faults.excluded(`${at}.matchLabelKeys`, 'needs a labelSelector', 'add labelSelector');
    const taken = new Set([
      ...Object.keys(labelSelector?.matchLabels ?? {}),
      ...(labelSelector?.matchExpressions ?? []).map(({ key }) => key),
    ]);
    if (matchLabelKeys.some((key) => taken.has(key))) {
      faults.excluded(`${at}.matchLabelKeys`, 'a key is in labelSelector as well', 'keep one of them');
    }
  });
}
