import { labelKeyProblems } from '../../kubernetes/names';
import type { KubernetesObject, LabelSelectorSpec } from '../../kubernetes/object';
import { isWholeResource, quotaResourceProblems } from '../../kubernetes/resource-names';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { checkLabelSelector, checkValueCount } from './label-selector';
import type { Amounts } from './pod-types';
import { checkAmount, checkAtMostAll, checkWhole, nanosOf } from './resources';

interface BudgetSpec {
  readonly minAvailable?: number | string;
  readonly maxUnavailable?: number | string;
  readonly selector?: LabelSelectorSpec;
}

/** @see Kubernetes pkg/apis/policy/validation/validation.go, ValidatePodDisruptionBudgetSpec */
export function checkPodDisruptionBudget({ spec }: KubernetesObject, faults: Faults): void {
  const { minAvailable, maxUnavailable, selector } = (spec ?? {}) as BudgetSpec;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    faults.excluded('spec', 'minAvailable and maxUnavailable exclude each other', 'remove one of them');
  }
  for (const [field, value] of Object.entries({ minAvailable, maxUnavailable })) {
    checkAtMostAll(value, `spec.${field}`, faults);
  }
  checkLabelSelector(selector, 'spec.selector', faults);
}

interface QuotaSpec {
  readonly hard?: Amounts;
  readonly scopes?: readonly string[];
  readonly scopeSelector?: {
    readonly matchExpressions?: readonly {
      readonly scopeName?: string;
      readonly operator?: string;
      readonly values?: readonly string[];
    }[];
  };
}

/** Resources that pods of the best effort class can be limited in. */
const bestEffortResources: readonly string[] = ['pods', 'count/pods'];
const podResources: ReadonlySet<string> = new Set([
  ...['pods', 'count/pods', 'cpu', 'memory', 'ephemeral-storage'],
  ...[
    'requests.cpu',
    'requests.memory',
    'requests.ephemeral-storage',
    'limits.cpu',
    'limits.memory',
    'limits.ephemeral-storage',
  ],
]);
const onlyExists = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity'];

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidateResourceQuotaSpec */
export function checkResourceQuota({ spec }: KubernetesObject, faults: Faults): void {
  const { hard = {}, scopes = [], scopeSelector } = (spec ?? {}) as QuotaSpec;
  for (const [name, amount] of Object.entries(hard)) {
    const at = `spec.hard[${name}]`;
    for (const problem of quotaResourceProblems(name)) {
      faults.invalid(
        at,
        `${quoted(name)} ${problem}`,
        'use a resource such as requests.cpu, pods or count/deployments.apps',
      );
    }
    checkAmount(amount, at, faults);
    if (isWholeResource(name)) checkWhole(amount, at, faults);
  }
  checkScopes(scopes, 'spec.scopes', hard, faults);
  const expressions = scopeSelector?.matchExpressions ?? [];
  const named = expressions.map(({ scopeName = '' }) => scopeName);
  checkScopes(named, 'spec.scopeSelector.matchExpressions', hard, faults);
  expressions.forEach(({ scopeName = '', operator, values = [] }, index) => {
    const at = `spec.scopeSelector.matchExpressions[${index}]`;
    if (onlyExists.includes(scopeName) && operator && operator !== 'Exists') {
      faults.invalid(`${at}.operator`, `scope ${scopeName} takes the operator Exists`, 'write operator: Exists');
    }
    checkValueCount(operator, values, `${at}.values`, faults);
  });
}

function checkScopes(scopes: readonly string[], path: string, hard: Amounts, faults: Faults): void {
  for (const scope of scopes) {
    const fits = (name: string) =>
      scope === 'BestEffort'
        ? bestEffortResources.includes(name)
        : scope === 'VolumeAttributesClass' ||
          podResources.has(name) ||
          name.includes('/') ||
          name.includes('hugepages-');
    const misfit = Object.keys(hard).find((name) => !fits(name));
    if (misfit !== undefined)
      faults.invalid(
        path,
        `scope ${scope} does not apply to ${misfit}`,
        'move the resource to a quota without the scope',
      );
  }
  for (const [one, other] of [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ] as const) {
    if (scopes.includes(one) && scopes.includes(other))
      faults.excluded(path, `${one} and ${other} exclude each other`, 'keep one of them');
  }
}

interface LimitItem {
  readonly type?: string;
  readonly max?: Amounts;
  readonly min?: Amounts;
  readonly default?: Amounts;
  readonly defaultRequest?: Amounts;
  readonly maxLimitRequestRatio?: Amounts;
}

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidateLimitRange */
export function checkLimitRange({ spec }: KubernetesObject, faults: Faults): void {
  const { limits = [] } = (spec ?? {}) as { readonly limits?: readonly LimitItem[] };
  faults.unique(
    'spec.limits',
    limits.map(({ type }) => type),
    'type',
  );
  limits.forEach((limit, index) => {
    const at = `spec.limits[${index}]`;
    const { type, max = {}, min = {}, default: usual = {}, defaultRequest = {}, maxLimitRequestRatio = {} } = limit;
    if (type === 'Pod') {
      if (Object.keys(usual).length > 0) faults.excluded(`${at}.default`, 'type Pod has no default');
      if (Object.keys(defaultRequest).length > 0) faults.excluded(`${at}.defaultRequest`, 'type Pod has no default');
    }
    if (type === 'PersistentVolumeClaim' && max['storage'] === undefined && min['storage'] === undefined) {
      faults.missing(
        at,
        'type PersistentVolumeClaim needs min or max of storage',
        'add max: { storage: … }',
        `${at}.limits`,
      );
    }
    for (const [field, amounts] of Object.entries({ max, min, default: usual, defaultRequest, maxLimitRequestRatio })) {
      for (const [name, amount] of Object.entries(amounts)) {
        for (const problem of labelKeyProblems(name))
          faults.invalid(`${at}.${field}[${name}]`, `${quoted(name)} ${problem}`, 'use the name of a resource');
        checkAmount(amount, `${at}.${field}[${name}]`, faults);
      }
    }
    const names = new Set([max, min, usual, defaultRequest, maxLimitRequestRatio].flatMap(Object.keys));
    for (const name of names) {
      const [lowest, highest, limitOf, requestOf] = [min, max, usual, defaultRequest].map((each) =>
        nanosOf(each[name]),
      );
      const above = (one: bigint | undefined, other: bigint | undefined) =>
        one !== undefined && other !== undefined && one > other;
      const wrong = (field: string, than: string) =>
        faults.invalid(`${at}.${field}[${name}]`, `is more than ${than} of ${name}`, 'correct one of them');
      if (above(lowest, highest)) wrong('min', 'max');
      if (above(requestOf, highest)) wrong('defaultRequest', 'max');
      if (above(requestOf, limitOf)) wrong('defaultRequest', 'default');
      if (above(lowest, requestOf))
        faults.invalid(`${at}.defaultRequest[${name}]`, `is less than min of ${name}`, 'correct one of them');
      if (above(limitOf, highest)) wrong('default', 'max');
      if (above(lowest, limitOf))
        faults.invalid(
          `${at}.default[${name}]`,
          `is less than min of ${name}`,
          'correct one of them',
          `${at}.min[${name}]`,
        );
      const ratio = nanosOf(maxLimitRequestRatio[name]);
      if (ratio !== undefined && ratio < 1_000_000_000n)
        faults.invalid(`${at}.maxLimitRequestRatio[${name}]`, 'must be at least 1', 'raise it');
    }
  });
}

const highestUserPriority = 1_000_000_000;

/** @see Kubernetes pkg/apis/scheduling/validation/validation.go, ValidatePriorityClass */
export function checkPriorityClass(object: KubernetesObject, faults: Faults): void {
  const name = object.metadata?.name ?? '';
  const value = (object['value'] ?? 0) as number;
  if (name.startsWith('system-')) {
    if (name !== 'system-node-critical' && name !== 'system-cluster-critical')
      faults.excluded('metadata.name', "names that begin with system- are Kubernetes' own", 'rename it');
  } else if (value > highestUserPriority) {
    faults.excluded('value', `must be at most ${highestUserPriority}, got ${value}`, 'lower it');
  }
}

const securityModes = ['enforce', 'audit', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}`);
const securityLevels = ['privileged', 'baseline', 'restricted'];

/** @see Kubernetes k8s.io/pod-security-admission admission/admission.go, ValidateNamespace */
export function checkNamespace({ metadata }: KubernetesObject, faults: Faults): void {
  for (const mode of securityModes) {
    const level = metadata?.labels?.[mode];
    if (level !== undefined && !securityLevels.includes(level)) {
      faults.invalid(
        `metadata.labels[${mode}]`,
        `must be privileged, baseline or restricted, got ${quoted(level)}`,
        'write one of them',
      );
    }
    const version = metadata?.labels?.[`${mode}-version`];
    if (version !== undefined && version !== 'latest' && !/^v1\.(0|[1-9]\d*)$/.test(version)) {
      faults.invalid(
        `metadata.labels[${mode}-version]`,
        `must be latest or a release such as v1.30, got ${quoted(version)}`,
        'write latest',
      );
    }
  }
}
