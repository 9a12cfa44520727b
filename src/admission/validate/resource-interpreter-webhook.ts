import { child, item } from '../../kubernetes/field-path';
import { dns1035LabelProblems, domainNameProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { type WebhookService, webhookServiceProblems, webhookUrlProblems } from '../kubernetes/webhook-client';
import type { Review } from '../review';

interface InterpreterRule {
  readonly operations?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly apiVersions?: readonly string[];
  readonly kinds?: readonly string[];
}

interface InterpreterWebhook {
  readonly name?: string;
  readonly clientConfig?: { readonly url?: string; readonly service?: WebhookService };
  readonly rules?: readonly InterpreterRule[];
  /** Seconds. */
  readonly timeoutSeconds?: number;
  readonly interpreterContextVersions?: readonly string[];
}

export type ResourceInterpreterWebhookObject = KubernetesObject & { readonly webhooks?: readonly InterpreterWebhook[] };

const operations: readonly string[] = [
  '*',
  'InterpretReplica',
  'InterpretComponent',
  'InterpretDependency',
  'ReviseReplica',
  'Retain',
  'AggregateStatus',
  'InterpretStatus',
  'InterpretHealth',
];

/** The only version of the messages between Karmada and a webhook. */
const contextVersion = 'v1alpha1';

/**
 * Why Karmada's webhook rejects a ResourceInterpreterWebhookConfiguration.
 *
 * @see Karmada v1.18.2 pkg/webhook/configuration/validating.go
 */
export function* resourceInterpreterWebhookCauses({
  object,
}: Review<ResourceInterpreterWebhookObject>): Iterable<FieldProblem> {
  const names = new Set<string>();
  for (const [index, hook] of (object.webhooks ?? []).entries()) {
    const path = item('webhooks', index);
    const name = hook.name ?? '';
    yield* webhookCauses(hook, path);
    if (names.has(name)) {
      yield fieldProblem(
        'unique-webhook-name',
        child(path, 'name'),
        `two webhooks are named "${name}"`,
        'rename one of them',
      );
    }
    names.add(name);
  }
}

function* webhookCauses(hook: InterpreterWebhook, path: string): Iterable<FieldProblem> {
  const { name = '', clientConfig = {}, rules = [], timeoutSeconds, interpreterContextVersions = [] } = hook;
  for (const problem of domainNameProblems(name)) {
    yield fieldProblem(
      'webhook-name',
      child(path, 'name'),
      `"${name}" ${problem}`,
      'use a name such as workloads.example.com',
    );
  }
  for (const [index, rule] of rules.entries()) yield* ruleCauses(rule, item(child(path, 'rules'), index));
  if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30)) {
    yield fieldProblem(
      'webhook-timeout',
      child(path, 'timeoutSeconds'),
      `must be from 1 to 30 seconds, got ${timeoutSeconds}`,
      'use at most 30 seconds',
    );
  }
  yield* clientCauses(clientConfig, child(path, 'clientConfig'));
  yield* versionCauses(interpreterContextVersions, child(path, 'interpreterContextVersions'));
}

function* clientCauses(
  { url, service }: NonNullable<InterpreterWebhook['clientConfig']>,
  path: string,
): Iterable<FieldProblem> {
  if ((url === undefined) === (service === undefined)) {
    yield fieldProblem('webhook-client', path, 'must have exactly one of url and service', 'set one of them');
    return;
  }
  for (const problem of url === undefined ? [] : webhookUrlProblems(url)) {
    yield fieldProblem('webhook-url', child(path, 'url'), `"${url}" ${problem}`, 'use a URL such as https://host/path');
  }
  if (service) yield* webhookServiceProblems(service, child(path, 'service'));
}

function* ruleCauses(rule: InterpreterRule, path: string): Iterable<FieldProblem> {
  for (const field of ['operations', 'apiGroups', 'apiVersions', 'kinds'] as const) {
    const values = rule[field] ?? [];
    const at = child(path, field);
    if (values.length === 0) yield fieldProblem('webhook-rule', at, 'is empty', `list ${field}, or "*" for all`);
    if (values.length > 1 && values.includes('*')) {
      yield fieldProblem(
        'webhook-rule',
        at,
        '"*" means all, so it must be the only item',
        'keep only "*", or remove it',
      );
    }
    for (const [index, value] of values.entries()) {
      if (field === 'operations' && !operations.includes(value)) {
        yield fieldProblem(
          'webhook-operation',
          item(at, index),
          `"${value}" is not an operation`,
          `use ${operations.join(', ')}`,
        );
      }
      // The empty group is the core one.
      if (value === '' && (field === 'apiVersions' || field === 'kinds')) {
        yield fieldProblem('webhook-rule', item(at, index), 'is empty', 'remove it');
      }
    }
  }
}

function* versionCauses(versions: readonly string[], path: string): Iterable<FieldProblem> {
  for (const [index, version] of versions.entries()) {
    if (versions.indexOf(version) < index) {
      yield fieldProblem('webhook-versions', item(path, index), `"${version}" is listed twice`, 'remove one of them');
      continue;
    }
    for (const problem of dns1035LabelProblems(version)) {
      yield fieldProblem('webhook-versions', item(path, index), `"${version}" ${problem}`, `use ${contextVersion}`);
    }
  }
  if (versions.includes(contextVersion)) return;
  yield fieldProblem('webhook-versions', path, `lacks ${contextVersion}, which Karmada uses`, `add ${contextVersion}`);
}
