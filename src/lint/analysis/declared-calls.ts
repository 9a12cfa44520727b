import type { Manifest } from '../../kubernetes/manifest';
import type { Call } from './lint-input';

/** Annotation of a workload that names what it sends requests to, separated by commas or line breaks. */
export const callsAnnotation = 'cdk8s-karmada.dev/calls';

/** A call that somebody declared. */
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
