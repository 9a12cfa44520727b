import type { KubernetesObject } from '../kubernetes/object';
import type { Binding } from './binding';
import type { Kubectl } from './kubectl';
import { identityOf } from './release';
import { type ExpectedTemplate, isOlder } from './rollout';

/** A warning that Karmada raised about a template or its binding. Part of the documented shapes. */
export interface TemplateWarning {
  readonly template: string;
  /** Reason of the event, such as `ApplyPolicyFailed` or `ScheduleBindingFailed`. */
  readonly reason: string;
  readonly message: string;
}

interface RawEvent extends Pick<KubernetesObject, 'metadata'> {
  readonly involvedObject?: { readonly uid?: string };
  readonly reason?: string;
  readonly message?: string;
}

/**
 * The latest warning per reason about these templates and their bindings. Events are matched by UID, so that those of a
 * deleted object with the same name do not count.
 *
 * @param since - oldest `resourceVersion` to include, so that events from before the change do not count
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
    // Kubernetes stores events about cluster-scoped objects in `default`.
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
