import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject, LabelSelectorSpec } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** @see Kubernetes pkg/apis/rbac/validation/validation.go, ValidateRole */
export function checkRole(object: KubernetesObject, faults: Faults): void {
  checkRules(object, true, faults);
}

export function checkClusterRole(object: KubernetesObject, faults: Faults): void {
  checkRules(object, false, faults);
  const aggregation = object['aggregationRule'] as
    | { readonly clusterRoleSelectors?: readonly LabelSelectorSpec[] }
    | undefined;
  if (!aggregation) return;
  const at = 'aggregationRule.clusterRoleSelectors';
  const selectors = aggregation.clusterRoleSelectors ?? [];
  if (selectors.length === 0)
    faults.missing(at, 'an aggregation needs selectors', 'add a selector, or remove aggregationRule');
  selectors.forEach((selector, index) => {
    checkLabelSelector(selector, `${at}[${index}]`, faults);
  });
}

function checkRules(object: KubernetesObject, isNamespaced: boolean, faults: Faults): void {
  const rules = (object['rules'] ?? []) as readonly Rule[];
  rules.forEach(({ apiGroups = [], resources = [], nonResourceURLs = [] }, index) => {
    const at = `rules[${index}]`;
    if (nonResourceURLs.length > 0) {
      if (isNamespaced) {
        faults.excluded(`${at}.nonResourceURLs`, 'are not allowed in a Role', 'move the rule to a ClusterRole');
      }
      if (apiGroups.length + resources.length > 0) {
        faults.excluded(`${at}.nonResourceURLs`, 'cannot be combined with resources', 'split it into two rules');
      }
      return;
    }
    if (apiGroups.length === 0) {
      faults.missing(
        `${at}.apiGroups`,
        'a rule for resources needs their groups',
        'add apiGroups; "" is the core group',
      );
    }
    if (resources.length === 0) faults.missing(`${at}.resources`, 'a rule needs resources', 'add resources');
  });
}

interface Subject {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly apiGroup?: string;
}

const rbac = 'rbac.authorization.k8s.io';

export function checkRoleBinding(object: KubernetesObject, faults: Faults): void {
  checkBinding(object, ['Role', 'ClusterRole'], faults);
}

export function checkClusterRoleBinding(object: KubernetesObject, faults: Faults): void {
  checkBinding(object, ['ClusterRole'], faults);
}

function checkBinding(object: KubernetesObject, kinds: readonly string[], faults: Faults): void {
  const roleRef = (object['roleRef'] ?? {}) as { readonly kind?: string };
  if (roleRef.kind) faults.oneOf('roleRef.kind', roleRef.kind, kinds);
  const subjects = (object['subjects'] ?? []) as readonly Subject[];
  subjects.forEach(({ kind, name = '', namespace = '', apiGroup = '' }, index) => {
    const at = `subjects[${index}]`;
    const isAccount = kind === 'ServiceAccount';
    const group = isAccount ? '' : rbac;
    // The API server fills in an empty group of users and groups.
    if (apiGroup !== '' && apiGroup !== group) {
      faults.invalid(
        `${at}.apiGroup`,
        isAccount ? 'must be empty for a ServiceAccount' : `must be ${rbac}, got ${quoted(apiGroup)}`,
        isAccount ? 'remove apiGroup' : `write apiGroup: ${rbac}`,
      );
    }
    if (!isAccount) return;
    for (const problem of name === '' ? [] : dnsSubdomainProblems(name)) {
      faults.invalid(`${at}.name`, `${quoted(name)} ${problem}`, 'use the name of a ServiceAccount');
    }
    if (namespace === '' && kinds.length === 1) faults.missing(`${at}.namespace`, 'a ServiceAccount is in a namespace');
  });
}
