import type { KubernetesObject } from '../kubernetes/object';
import type { Binding } from './binding';
import type { Kubectl } from './kubectl';
import { identityOf } from './release';
import { type ExpectedTemplate, isOlder } from './rollout';

/** A warning that Karmada raised about a template or its binding. Part of the documented shapes. */
export interface TemplateWarning {
  readonly template: string;
  /** Karmada's word, such as `ApplyPolicyFailed` or `ScheduleBindingFailed`. */
  readonly reason: string;
  readonly message: string;
}

interface RawEvent extends Pick<KubernetesObject, 'metadata'> {
  readonly involvedObject?: { readonly uid?: string };
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The latest warning of each reason about some templates and their bindings. It is found by UID, since an object of that
 * name that is gone explains nothing, and by version, since what came before the change explains another state.
 *
 * @param since - oldest `resourceVersion` that counts @default - all
 */
export async function readWarnings(
  kubectl: Kubectl,
  expected: readonly ExpectedTemplate[],
  bindings: ReadonlyMap<string, Binding>,
  since: string | undefined,
): Promise<TemplateWarning[]> {
  const templates = new Map<string | undefined, string>();
  const namespaces = new Set<string>();
  for (const { plan, live } of expected) {
    const { object } = plan.manifest;
    // Events about objects without a namespace are kept in that one.
    namespaces.add(object.metadata?.namespace || 'default');
    for (const metadata of [live?.metadata, bindings.get(identityOf(object))?.metadata]) {
      if (metadata?.uid !== undefined) templates.set(metadata.uid, plan.key);
    }
  }
  const warnings = '--field-selector=type=Warning';
  const lists = await Promise.all(
    [...namespaces].map((namespace) => kubectl.list(['events.v1.'], '--namespace', namespace, warnings)),
  );
  const latest = new Map<string, RawEvent & TemplateWarning>();
  for (const { involvedObject, reason = '', message = '', metadata } of lists.flat() as RawEvent[]) {
    const template = templates.get(involvedObject?.uid);
    const version = metadata?.['resourceVersion'];
    const before = latest.get(`${template} ${reason}`)?.metadata?.['resourceVersion'];
    if (template === undefined || isOlder(version, since) || isOlder(version, before)) continue;
    latest.set(`${template} ${reason}`, { template, reason, message, ...(metadata && { metadata }) });
  }
  return [...latest.values()].map(({ template, reason, message }) => ({ template, reason, message }));
}
