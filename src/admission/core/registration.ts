import { dnsLabelProblems, dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject, LabelSelectorSpec } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { type WebhookService, webhookPathProblems, webhookUrlProblems } from '../kubernetes/webhook-client';
import { celProblem } from './cel';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';

export interface ClientConfig {
  readonly url?: string;
  readonly service?: WebhookService;
}

interface Rule {
  readonly operations?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly resources?: readonly string[];
}

interface Webhook {
  readonly name?: string;
  readonly clientConfig?: ClientConfig;
  readonly rules?: readonly Rule[];
  readonly admissionReviewVersions?: readonly string[];
  readonly namespaceSelector?: LabelSelectorSpec;
  readonly objectSelector?: LabelSelectorSpec;
  readonly matchConditions?: readonly Condition[];
}

interface Condition {
  readonly name?: string;
  readonly expression?: string;
}

/** @see Kubernetes pkg/apis/admissionregistration/validation/validation.go, validateValidatingWebhook */
export function checkWebhookConfiguration(object: KubernetesObject, faults: Faults): void {
  const webhooks = (object['webhooks'] ?? []) as readonly Webhook[];
  faults.unique(
    'webhooks',
    webhooks.map(({ name }) => name),
    'name',
  );
  webhooks.forEach((webhook, index) => {
    const at = `webhooks[${index}]`;
    const { name = '', clientConfig = {}, rules = [], admissionReviewVersions = [], matchConditions = [] } = webhook;
    const problems = name === '' ? [] : dnsSubdomainProblems(name);
    for (const problem of problems)
      faults.invalid(`${at}.name`, `${quoted(name)} ${problem}`, 'write it like check.example.com');
    if (name !== '' && problems.length === 0 && name.split('.').length < 3) {
      faults.invalid(`${at}.name`, 'must be a domain of at least three parts', 'write it like check.example.com');
    }
    checkClientConfig(clientConfig, `${at}.clientConfig`, faults);
    rules.forEach((rule, position) => {
      checkRule(rule, `${at}.rules[${position}]`, faults);
    });
    checkReviewVersions(admissionReviewVersions, `${at}.admissionReviewVersions`, faults);
    faults.unique(`${at}.admissionReviewVersions`, admissionReviewVersions);
    checkLabelSelector(webhook.namespaceSelector, `${at}.namespaceSelector`, faults);
    checkLabelSelector(webhook.objectSelector, `${at}.objectSelector`, faults);
    checkConditions(matchConditions, `${at}.matchConditions`, faults);
  });
}

function checkConditions(conditions: readonly Condition[], path: string, faults: Faults): void {
  if (conditions.length > 64) faults.invalid(path, 'must have at most 64 items', 'remove some');
  faults.unique(
    path,
    conditions.map(({ name }) => name),
    'name',
  );
  conditions.forEach(({ expression }, index) => {
    checkExpression(expression, `${path}[${index}].expression`, faults);
  });
}

function checkExpression(expression: string | undefined, path: string, faults: Faults): void {
  const problem = expression === undefined ? undefined : celProblem(expression);
  if (problem) faults.invalid(path, `does not compile: ${problem}`, 'correct the expression');
}

/** Versions of the messages that a webhook understands; an empty list is reported elsewhere. */
export function checkReviewVersions(
  versions: readonly string[],
  path: string,
  faults: Faults,
  reportedAs?: string,
): void {
  if (versions.length === 0 || versions.includes('v1') || versions.includes('v1beta1')) return;
  faults.invalid(path, 'must have v1 or v1beta1', 'add v1', reportedAs);
}

/** Where a webhook is: a URL or a Service. */
export function checkClientConfig({ url, service }: ClientConfig, path: string, faults: Faults): void {
  if ((url === undefined) === (service === undefined)) {
    faults.missing(path, 'needs either url or service', url === undefined ? 'add service' : 'remove one of them');
    return;
  }
  for (const problem of url === undefined ? [] : webhookUrlProblems(url)) {
    faults.invalid(`${path}.url`, `${quoted(url)} ${problem}`, 'write https://host/path');
  }
  if (!service) return;
  const at = `${path}.service`;
  // The API server reports a missing namespace under the name.
  if (!service.namespace)
    faults.missing(`${at}.namespace`, 'the Service has no namespace', 'add namespace', `${at}.name`);
  for (const problem of webhookPathProblems(service.path ?? ''))
    faults.invalid(`${at}.path`, problem, 'rename the path');
}

function checkRule(rule: Rule, path: string, faults: Faults): void {
  for (const field of ['operations', 'apiGroups', 'apiVersions', 'resources'] as const) {
    const values = rule[field] ?? [];
    if (values.length === 0) faults.missing(`${path}.${field}`, 'is required in a rule', `add ${field}`);
    else if (
      values.includes('*') &&
      values.some((value) => value !== '*' && !(field === 'resources' && value.includes('/')))
    )
      faults.invalid(`${path}.${field}`, '"*" cannot be combined with others', 'keep "*" alone');
    if (field === 'operations') continue;
    values.forEach((value, index) => {
      if (value === '' && field !== 'apiGroups') faults.missing(`${path}.${field}[${index}]`);
    });
  }
  const { resources = [] } = rule;
  const all = new Set(resources);
  resources.forEach((resource, index) => {
    const [name = '', sub] = resource.split('/', 2);
    const isCovered =
      (resource !== '*/*' && all.has('*/*')) ||
      (sub !== undefined && sub !== '*' && (all.has(`${name}/*`) || all.has(`*/${sub}`)) && name !== '*') ||
      (sub === undefined && name !== '*' && all.has('*'));
    if (isCovered && !(sub === undefined && all.has('*'))) {
      faults.invalid(`${path}.resources[${index}]`, `another item covers ${quoted(resource)}`, 'remove one of them');
    }
  });
}

interface MatchResources {
  readonly resourceRules?: readonly Rule[];
  readonly excludeResourceRules?: readonly Rule[];
  readonly namespaceSelector?: LabelSelectorSpec;
  readonly objectSelector?: LabelSelectorSpec;
}

interface PolicySpec {
  readonly paramKind?: { readonly apiVersion?: string; readonly kind?: string };
  readonly matchConstraints?: MatchResources;
  readonly validations?: readonly {
    readonly expression?: string;
    readonly message?: string;
    readonly reason?: string;
    readonly messageExpression?: string;
  }[];
  readonly auditAnnotations?: readonly { readonly key?: string; readonly valueExpression?: string }[];
  readonly matchConditions?: readonly Condition[];
  readonly variables?: readonly Condition[];
}

/** @see Kubernetes pkg/apis/admissionregistration/validation/validation.go, validateValidatingAdmissionPolicySpec */
export function checkValidatingAdmissionPolicy({ spec }: KubernetesObject, faults: Faults): void {
  const policy = (spec ?? {}) as PolicySpec;
  const { validations = [], auditAnnotations = [], matchConditions = [], variables = [], matchConstraints } = policy;
  if (validations.length === 0 && auditAnnotations.length === 0) {
    faults.missing('spec.validations', 'a policy needs validations or auditAnnotations', 'add a validation');
  }
  checkParamKind(policy, faults);
  if (!matchConstraints) faults.missing('spec.matchConstraints', 'a policy must define what it matches');
  else checkMatch(matchConstraints, 'spec.matchConstraints', true, faults);
  validations.forEach(({ expression, message, reason, messageExpression }, index) => {
    const at = `spec.validations[${index}]`;
    if (expression !== undefined && expression.trim() === '' && expression !== '') faults.missing(`${at}.expression`);
    checkExpression(expression, `${at}.expression`, faults);
    if (messageExpression) checkExpression(messageExpression, `${at}.messageExpression`, faults);
    if (message !== undefined && message !== '' && message.trim() === '')
      faults.invalid(`${at}.message`, 'must not be blank', 'write a message');
    if (message?.trim().includes('\n')) faults.invalid(`${at}.message`, 'must be one line', 'remove the line breaks');
    if (expression?.includes('\n') && !message)
      faults.missing(`${at}.message`, 'an expression of several lines needs a message');
    if (reason !== undefined)
      faults.oneOf(`${at}.reason`, reason, ['Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge']);
  });
  auditAnnotations.forEach(({ valueExpression }, index) => {
    checkExpression(valueExpression, `spec.auditAnnotations[${index}].valueExpression`, faults);
  });
  faults.unique(
    'spec.auditAnnotations',
    auditAnnotations.map(({ key }) => key),
    'key',
  );
  checkConditions(matchConditions, 'spec.matchConditions', faults);
  checkVariables(variables, faults);
}

/** @see Kubernetes pkg/apis/admissionregistration/validation/validation.go, validateMutatingAdmissionPolicySpec */
export function checkMutatingAdmissionPolicy({ spec }: KubernetesObject, faults: Faults): void {
  interface Mutations {
    readonly mutations?: readonly {
      readonly patchType?: string;
      readonly applyConfiguration?: { readonly expression?: string };
      readonly jsonPatch?: { readonly expression?: string };
    }[];
    readonly reinvocationPolicy?: string;
  }
  const policy = (spec ?? {}) as PolicySpec & Mutations;
  const { mutations = [], matchConstraints, reinvocationPolicy } = policy;
  if (mutations.length === 0) faults.missing('spec.mutations', 'a policy needs mutations');
  if (!reinvocationPolicy) faults.missing('spec.reinvocationPolicy');
  checkParamKind(policy, faults);
  if (!matchConstraints) faults.missing('spec.matchConstraints', 'a policy must define what it matches');
  else checkMatch(matchConstraints, 'spec.matchConstraints', true, faults);
  mutations.forEach(({ patchType, applyConfiguration, jsonPatch }, index) => {
    const at = `spec.mutations[${index}]`;
    if (patchType === 'ApplyConfiguration' && !applyConfiguration) faults.missing(`${at}.applyConfiguration`);
    if (patchType === 'JSONPatch' && !jsonPatch) faults.missing(`${at}.jsonPatch`);
    if (patchType === 'ApplyConfiguration' && jsonPatch)
      faults.excluded(`${at}.jsonPatch`, 'needs patchType: JSONPatch');
    if (patchType === 'JSONPatch' && applyConfiguration)
      faults.excluded(`${at}.applyConfiguration`, 'needs patchType: ApplyConfiguration');
  });
  checkConditions(policy.matchConditions ?? [], 'spec.matchConditions', faults);
  checkVariables(policy.variables ?? [], faults);
}

function checkParamKind({ paramKind }: PolicySpec, faults: Faults): void {
  if (!paramKind) return;
  if (!paramKind.apiVersion) faults.missing('spec.paramKind.apiVersion');
  if (!paramKind.kind) faults.missing('spec.paramKind.kind');
}

function checkVariables(variables: readonly Condition[], faults: Faults): void {
  faults.unique(
    'spec.variables',
    variables.map(({ name }) => name),
    'name',
  );
  variables.forEach(({ name = '', expression }, index) => {
    if (name !== '' && !/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name))
      faults.invalid(`spec.variables[${index}].name`, 'must be an identifier', 'rename it');
    checkExpression(expression, `spec.variables[${index}].expression`, faults);
  });
}

function checkMatch(match: MatchResources, path: string, needsRules: boolean, faults: Faults): void {
  const { resourceRules = [], excludeResourceRules = [] } = match;
  if (needsRules && resourceRules.length === 0) faults.missing(`${path}.resourceRules`, 'a policy needs rules');
  resourceRules.forEach((rule, index) => {
    checkRule(rule, `${path}.resourceRules[${index}]`, faults);
  });
  excludeResourceRules.forEach((rule, index) => {
    checkRule(rule, `${path}.excludeResourceRules[${index}]`, faults);
  });
  checkLabelSelector(match.namespaceSelector, `${path}.namespaceSelector`, faults);
  checkLabelSelector(match.objectSelector, `${path}.objectSelector`, faults);
}

interface BindingSpec {
  readonly policyName?: string;
  readonly validationActions?: readonly string[];
  readonly matchResources?: MatchResources;
  readonly paramRef?: {
    readonly name?: string;
    readonly selector?: LabelSelectorSpec;
    readonly parameterNotFoundAction?: string;
  };
}

/** @see Kubernetes pkg/apis/admissionregistration/validation/validation.go, validateValidatingAdmissionPolicyBindingSpec */
export function checkPolicyBinding({ spec }: KubernetesObject, faults: Faults): void {
  const { validationActions = [], matchResources, paramRef, policyName } = (spec ?? {}) as BindingSpec;
  if (!policyName) faults.missing('spec.policyName');
  if (validationActions.includes('Deny') && validationActions.includes('Warn')) {
    faults.excluded('spec.validationActions', 'Deny and Warn exclude each other', 'keep one of them');
  }
  faults.unique('spec.validationActions', validationActions);
  if (matchResources) checkMatch(matchResources, 'spec.matchResources', false, faults);
  if (!paramRef) return;
  const { name, selector, parameterNotFoundAction } = paramRef;
  if (!name && !selector) faults.missing('spec.paramRef', 'needs name or selector', 'add name');
  if (name && selector)
    faults.excluded('spec.paramRef.name', 'name and selector exclude each other', 'keep one of them');
  if (!parameterNotFoundAction) faults.missing('spec.paramRef.parameterNotFoundAction');
  else faults.oneOf('spec.paramRef.parameterNotFoundAction', parameterNotFoundAction, ['Deny', 'Allow']);
  checkLabelSelector(selector, 'spec.paramRef.selector', faults);
}

interface ApiServiceSpec {
  readonly group?: string;
  readonly version?: string;
  readonly service?: object;
  readonly insecureSkipTLSVerify?: boolean;
  readonly caBundle?: string;
}

/** @see Kubernetes k8s.io/kube-aggregator pkg/apis/apiregistration/validation/validation.go */
export function checkApiService({ spec, metadata }: KubernetesObject, faults: Faults): void {
  const { group = '', version = '', service, insecureSkipTLSVerify, caBundle } = (spec ?? {}) as ApiServiceSpec;
  if (metadata?.name && metadata.name !== `${version}.${group}`) {
    faults.invalid('metadata.name', `must be ${version}.${group}`, `write name: ${version}.${group}`);
  }
  for (const problem of version === '' ? [] : dnsLabelProblems(version))
    faults.invalid('spec.version', `${quoted(version)} ${problem}`, 'write it like v1');
  if (insecureSkipTLSVerify && caBundle)
    faults.excluded('spec.insecureSkipTLSVerify', 'caBundle is set as well', 'remove one of them');
  if (!service && (caBundle || insecureSkipTLSVerify))
    faults.excluded('spec.caBundle', 'is not allowed without a service', 'remove it');
}
