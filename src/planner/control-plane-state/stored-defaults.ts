import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf } from '../../kubernetes/plain-data';
import { base64Of } from '../../kubernetes/text-bytes';

const replicated: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'StatefulSet']);

/**
 * An object as the API server stores it, as far as it matters to Karmada: with one replica by default, and the
 * `stringData` of a Secret encoded into `data`. Other defaults do not change a plan.
 *
 * @returns the same object if it needs no default
 * @see Kubernetes pkg/apis/apps/v1/defaults.go and pkg/apis/batch/v1/defaults.go
 */
export function withStoredDefaults(object: KubernetesObject): KubernetesObject {
  if (object.apiVersion === 'v1' && object.kind === 'Secret') return withEncodedData(object);
  const spec = recordOf(object.spec);
  if (!spec) return object;
  if (object.apiVersion === 'apps/v1' && replicated.has(object.kind))
    return withDefaults(object, spec, { replicas: 1 });
  if (object.apiVersion !== 'batch/v1' || object.kind !== 'Job') return object;
  const runsOnce = isMissing(spec['parallelism']) && isMissing(spec['completions']);
  return withDefaults(object, spec, { parallelism: 1, ...(runsOnce && { completions: 1 }) });
}

/** `stringData` is write-only: overrides and members see it in `data`. */
function withEncodedData(secret: KubernetesObject): KubernetesObject {
  const plain = recordOf(secret['stringData']);
  if (!plain) return secret;
  const { stringData: _, ...rest } = secret;
  const encoded = Object.entries(plain).map(([key, value]) => [key, base64Of(String(value))]);
  return { ...rest, data: { ...recordOf(secret['data']), ...Object.fromEntries(encoded) } };
}

function withDefaults(
  object: KubernetesObject,
  spec: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, number>>,
): KubernetesObject {
  const missing = Object.entries(defaults).filter(([field]) => isMissing(spec[field]));
  return missing.length === 0 ? object : { ...object, spec: { ...spec, ...Object.fromEntries(missing) } };
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
