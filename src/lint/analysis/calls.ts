import type { Manifest } from '../../kubernetes/manifest';
import { textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { Plan, TemplatePlan } from '../../planner';
import type { Call, LintInput } from './lint-input';
import type { ServiceBackends, ServicesOfPlan } from './service-backends';
import { ServiceMentions } from './service-calls';

/** A call from a workload to a Service, or to a workload without one. */
export interface ServiceCall {
  readonly client: TemplatePlan;
  readonly server: ServiceBackends;
  /** Field of the client that contains the call. @default - declared in the configuration or in code */
  readonly path?: string;
  /** ConfigMap that names the Service. */
  readonly configMap?: string;
  /** Whether it is declared, not derived from a name. */
  readonly declared: boolean;
}

/** A declared call whose server does not exist. */
export interface DanglingCall {
  readonly client: TemplatePlan;
  readonly call: DeclaredCall;
}

/** Calls between the workloads of a plan: derived from names, and declared. */
export function callsIn({
  plan,
  controlPlane,
  services,
  calls: declared,
}: Pick<LintInput, 'controlPlane' | 'calls'> & { readonly plan: Plan; readonly services: ServicesOfPlan }): {
  readonly calls: readonly ServiceCall[];
  readonly dangling: readonly DanglingCall[];
  readonly mentions: ServiceMentions;
} {
  const mentions = new ServiceMentions(controlPlane);
  const calls: ServiceCall[] = [];
  const dangling: DanglingCall[] = [];
  const declare = (client: TemplatePlan, call: DeclaredCall): void => {
    const server = serverOf(call.server, textOf(client.manifest.object.metadata?.namespace), plan, services);
    if (server) calls.push({ client, server, ...(call.path && { path: call.path }), declared: true });
    else dangling.push({ client, call });
  };
  for (const call of declared) {
    const client = keysOf(call.client, controlPlane.defaultNamespace)
      .map((key) => plan.template(key))
      .find(Boolean);
    if (client) declare(client, call);
  }
  for (const client of plan.templates) {
    for (const call of annotatedCalls(client.manifest, client.key)) declare(client, call);
    for (const { service, path, configMap } of mentions.of(client.manifest.object)) {
      const server = services.byName.get(service);
      if (server) calls.push({ client, server, path, ...(configMap && { configMap }), declared: false });
    }
  }
  return { calls: unique(calls), dangling, mentions };
}

function serverOf(
  server: string,
  namespace: string,
  plan: Plan,
  services: ServicesOfPlan,
): ServiceBackends | undefined {
  const found = keysOf(server, namespace)
    .map((key) => plan.template(key))
    .find((template) => template !== undefined);
  if (!found) return undefined;
  const { kind, metadata } = found.manifest.object;
  if (kind === 'Service') return services.byName.get(`${metadata?.namespace}/${metadata?.name}`);
  const ofWorkload = [...services.byName.values()].find(({ workloads }) => workloads.includes(found));
  if (ofWorkload) return ofWorkload;
  return podTemplateOf(found.manifest.object) && { service: found, selector: {}, workloads: [found] };
}

/** Merges calls that are both declared and shown by a name, and drops calls of a workload to itself. */
function unique(calls: readonly ServiceCall[]): readonly ServiceCall[] {
  const seen = new Map<TemplatePlan, Set<TemplatePlan>>();
  return calls.filter(({ client, server }) => {
    if (server.workloads.includes(client)) return false;
    const servers = seen.get(client) ?? new Set();
    if (servers.has(server.service)) return false;
    seen.set(client, servers.add(server.service));
    return true;
  });
}

/** Annotation of a workload that names what it sends requests to, separated by commas or line breaks. */
const callsAnnotation = 'cdk8s-karmada.dev/calls';

/** A declared call. */
export interface DeclaredCall extends Call {
  /** Where it stands in the client. @default - in the configuration or in code */
  readonly path?: string;
}

/** Calls that the annotations of manifests declare, each with the key of the annotated object as its client. */
export function annotatedCalls({ object }: Manifest, client: string): readonly DeclaredCall[] {
  const text: unknown = object.metadata?.annotations?.[callsAnnotation];
  if (typeof text !== 'string') return [];
  return text
    .split(/[,\n]/)
    .map((server) => server.trim())
    .filter((server) => server !== '')
    .map((server) => ({ client, server, path: `metadata.annotations[${callsAnnotation}]` }));
}

/**
 * Keys that the name of a client or server can stand for; the first that exists counts: `pipy` a Service of the client's namespace,
 * `lab/pipy` one of another, and `Kind/namespace/name` any object.
 */
export function keysOf(name: string, namespace: string): readonly string[] {
  const parts = name.split('/');
  if (parts.length >= 3) return [name];
  if (parts.length === 2 && /^[A-Z]/.test(name)) return [`${parts[0]}/${namespace}/${parts[1]}`];
  const key = parts.length === 2 ? name : `${namespace}/${name}`;
  return ['Service', 'Deployment', 'StatefulSet', 'DaemonSet'].map((kind) => `${kind}/${key}`);
}
