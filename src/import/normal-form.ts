import { mutateOverride } from '../admission/mutate/override';
import { mutatePropagation } from '../admission/mutate/propagation';
import { defaulted } from '../admission/schema/stored-form';
import { isPolicy, isPropagationPolicy } from '../karmada/policy-kinds';
import { defaultKarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import { canonicalText, recordOf, textOf } from '../kubernetes/plain-data';

/** Fields of metadata of which an empty value means the same as none. */
const emptyMeansNone = ['labels', 'annotations', 'finalizers', 'ownerReferences'];

/**
 * An object in the form in which two that mean the same are equal: without nulls and empty metadata, and a policy with the defaults
 * that Karmada stores. The order of lists counts.
 */
export function normalForm(object: KubernetesObject): unknown {
  const plain = withoutNull(object);
  const metadata = recordOf(plain.metadata);
  const given = metadata && Object.entries(metadata).filter(([field, value]) => !isNone(field, value));
  const { metadata: _, ...rest } = plain;
  const bare = (
    given === undefined || given.length === 0
      ? { ...rest, ...(metadata === undefined && plain.metadata !== undefined && { metadata: plain.metadata }) }
      : { ...rest, metadata: Object.fromEntries(given) }
  ) as KubernetesObject;
  return withPolicyDefaults(bare);
}

/** The text of the normal form. */
export function normalText(object: KubernetesObject): string {
  return canonicalText(normalForm(object));
}

function isNone(field: string, value: unknown): boolean {
  if (!emptyMeansNone.includes(field)) return false;
  return Array.isArray(value)
    ? value.length === 0
    : recordOf(value) !== undefined && Object.keys(value as object).length === 0;
}

/** A copy without nulls in maps, which are absent fields; in lists they are items. */
export function withoutNull<Value>(value: Value): Value {
  return filled(value) as Value;
}

function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  const record = recordOf(value);
  if (record === undefined) return value;
  const entries = Object.entries(record).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, filled(item)]));
}

function withPolicyDefaults(object: KubernetesObject): unknown {
  if (!isPolicy(object)) return object;
  try {
    const stored = defaulted(object, defaultKarmadaVersion);
    const review = {
      object: stored as never,
      operation: 'UPDATE' as const,
      // Only a namespaced policy fills in a namespace, and the default one is not known here.
      namespace: object.kind.startsWith('Cluster') ? '' : textOf(object.metadata?.namespace) || ownNamespace,
      others: [],
      karmada: defaultKarmadaVersion,
      allowNoExecuteTaints: true,
      behindApiServer: true,
    };
    return isPropagationPolicy(object) ? withoutFalse(mutatePropagation(review)) : mutateOverride(review);
  } catch (error) {
    // A field of the wrong type: nothing is filled in.
    if (error instanceof TypeError) return object;
    throw error;
  }
}

/** Go does not write false for it. */
function withoutFalse(policy: KubernetesObject): unknown {
  const { propagateDeps, ...spec } = recordOf(policy.spec) ?? {};
  return propagateDeps === false ? { ...policy, spec } : policy;
}

const ownNamespace = '(of the policy)';

/** The path of the first difference between two objects in normal form; undefined if they are equal. Values are not in it. */
export function firstDifference(one: unknown, other: unknown, path = ''): string | undefined {
  if (canonicalText(one) === canonicalText(other)) return undefined;
  if (Array.isArray(one) && Array.isArray(other)) {
    const index = one.findIndex((item, at) => canonicalText(item) !== canonicalText(other[at]));
    if (index < 0 || index >= other.length) return path || 'the object';
    return firstDifference(one[index], other[index], `${path}[${index}]`);
  }
  const [before, after] = [recordOf(one), recordOf(other)];
  if (!before || !after) return path || 'the object';
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const key = keys.find((name) => canonicalText(before[name]) !== canonicalText(after[name]));
  if (key === undefined) return path || 'the object';
  const at = path === '' ? key : `${path}.${key}`;
  return Object.hasOwn(before, key) && Object.hasOwn(after, key) ? firstDifference(before[key], after[key], at) : at;
}
