import type { KubernetesObject } from '../kubernetes/object';
import { identityOfTemplate, templateIdentity } from './binding';
import { readStanding } from './control-plane';
import type { Kubectl } from './kubectl';
import type { ExpectedTemplate } from './rollout';

/** A warning that Karmada raised about a template or its binding. Part of the documented shapes. */
export interface TemplateWarning {
  readonly template: string;
  /** Karmada's word, such as `ApplyPolicyFailed` or `ScheduleBindingFailed`. */
  readonly reason: string;
  readonly message: string;
}

interface RawEvent {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** Where events about objects without a namespace are kept. */
const namespaceOfClusterScoped = 'default';

/** The latest warning of each reason about some templates and their bindings. */
export async function readWarnings(
  kubectl: Kubectl,
  expected: readonly ExpectedTemplate[],
): Promise<TemplateWarning[]> {
  const keys = new Map<string, string>();
  const namespaces = new Set<string>();
  const byIdentity = new Map(expected.map(({ plan }) => [identityOfTemplate(plan.manifest.object), plan.key]));
  for (const { plan } of expected) {
    const { kind, metadata } = plan.manifest.object;
    const namespace = metadata?.namespace ?? '';
    namespaces.add(namespace || namespaceOfClusterScoped);
    keys.set([namespace, kind, metadata?.name].join('/'), plan.key);
  }
  const { bindings } = await readStanding(kubectl, [...namespaces]);
  for (const binding of bindings) {
    const key = byIdentity.get(templateIdentity(binding));
    const { kind, metadata } = binding;
    if (key !== undefined) keys.set([metadata?.namespace ?? '', kind, metadata?.name].join('/'), key);
  }
  const selector = encodeURIComponent('type=Warning');
  const paths = [...namespaces].map((namespace) => `/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`);
  const events = (await Promise.all(paths.map((path) => kubectl.list(path)))).flatMap((list) => list ?? []);
  return latest(events, keys);
}

function latest(events: readonly KubernetesObject[], keys: ReadonlyMap<string, string>): TemplateWarning[] {
  const timeOf = ({ lastTimestamp, eventTime }: RawEvent) => Date.parse(lastTimestamp || eventTime || '') || 0;
  const found = new Map<string, TemplateWarning>();
  for (const { involvedObject, reason = '', message = '' } of ([...events] as RawEvent[]).sort(
    (a, b) => timeOf(a) - timeOf(b),
  )) {
    const { namespace = '', kind, name } = involvedObject ?? {};
    const template = keys.get([namespace, kind, name].join('/'));
    if (template !== undefined) found.set(`${template} ${reason}`, { template, reason, message });
  }
  return [...found.values()];
}
