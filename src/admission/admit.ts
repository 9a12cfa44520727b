import { defaultKarmadaVersion } from '../karmada/release';
import { metadataCauses, metadataUpdateCauses } from '../kubernetes/metadata';
import { dnsLabelProblems, dnsSubdomainProblems } from '../kubernetes/names';
import type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
import { anyText } from '../kubernetes/plain-data';
import { isRecord } from '../problem/record';
import type { Cause } from './cause';
import { coreCauses } from './core/core-object';
import { webhooksOf } from './kinds';
import { foreignObjectCauses } from './kubernetes/foreign-object';
import { isPlainlyAccepted } from './plainly-accepted';
import { defaultedProblems } from './schema/check';
import { coreKind } from './schema/core-kinds';
import { CustomDefinitions } from './schema/custom-kind';
import { defaultedBy, prunedBy } from './schema/stored-form';
import { type KindDefinition, karmadaKind } from './schema/tables';
import { unservedKindCauses } from './schema/unserved-kind';
import { decode } from './store/decode';
import { encode } from './store/encode';
import { objectMeta } from './store/metadata-shape';
import { type AdmissionOptions, callMutating, callValidating, reviewContext } from './webhooks';

export interface AdmitOptions extends AdmissionOptions {
  /** CustomResourceDefinitions in the control plane. @default - those among `others` */
  readonly definitions?: readonly KubernetesObject[];
  /** Namespace of an object without one, as with `kubectl --namespace`. @default 'default' */
  readonly namespace?: string;
}

/** The result of sending an object to a Karmada control plane. */
export interface Admission {
  /** Why the object is rejected; empty if it is accepted. */
  readonly causes: readonly Cause[];
  /**
   * The object as the API server stores it: with defaults and the changes of webhooks, encoded by Go. Generated values are
   * omitted: the random id of a policy, uid, timestamps. Undefined if the object is rejected.
   */
  readonly stored: KubernetesObject | undefined;
}

/**
 * Runs the admission of a Karmada control plane on an object: strict decoding, defaults of the CustomResourceDefinition,
 * mutating webhook, schema and metadata, validating webhook. The causes of all steps are collected, whereas a control plane
 * stops at the first step that rejects.
 *
 * Kubernetes' own kinds are checked as a Kubernetes v1.36 API server does on create. A custom object is checked against its
 * CustomResourceDefinition; without one, only the metadata are checked.
 *
 * @param object - for an update, the whole new object, not a patch
 * @example
 * ```ts
 * admit(policy).causes // [{ code: 'spread-needs-cluster', path: 'spec.placement.spreadConstraints', … }]
 * ```
 */
export function admit(object: KubernetesObject, options: AdmitOptions = {}): Admission {
  return admitted(object, options, new CustomDefinitions(options));
}

/**
 * The causes of `admit` for many objects of one control plane. Custom definitions are read once, and policies of the usual
 * shape are accepted without all steps.
 */
export function causesBy(options: AdmitOptions): (object: KubernetesObject) => readonly Cause[] {
  const custom = new CustomDefinitions(options);
  const sound = new WeakSet<object>();
  // Admission checks it for each object without a namespace.
  const isNamespace = dnsLabelProblems(options.namespace ?? 'default').length === 0;
  return (object) => (isNamespace && isPlainlyAccepted(object, sound) ? [] : admitted(object, options, custom).causes);
}

function admitted(object: KubernetesObject, options: AdmitOptions, custom: CustomDefinitions): Admission {
  const karmada = options.karmada ?? defaultKarmadaVersion;
  const untyped = (['apiVersion', 'kind'] as const).filter((field) => !object[field]);
  if (untyped.length > 0) return answer(untyped.map(missingType), object);
  const definition = karmadaKind(object.apiVersion, object.kind, karmada) ?? custom.kindOf(object);
  if (!definition) {
    const unserved = unservedKindCauses(object, karmada, options.others ?? []);
    const native = coreKind(object.apiVersion, object.kind);
    const own = native ? coreCauses(object, native) : custom.unservedVersionCauses(object);
    return answer([...unserved, ...foreignObjectCauses(object), ...own], object);
  }

  const sent = located(object, definition, options.namespace ?? 'default');
  const filled = defaultedBy(sent, definition);
  const faults = defaultedProblems(filled, { object: sent, definition, karmada });
  const unknown = faults.filter(({ code }) => code === 'unknown-field');
  const known = unknown.length === 0 ? filled : defaultedBy(prunedBy(sent, definition), definition);
  const complete = withTypedMetadata(known);
  const oldObject = options.oldObject && defaultedBy(prunedBy(options.oldObject, definition), definition);

  const webhooks = webhooksOf(object);
  const context = {
    ...reviewContext(options),
    namespace: definition.scope === 'Namespaced' ? anyText(sent.metadata?.namespace ?? '') : '',
    behindApiServer: true,
  };
  const mutating = webhooks && callMutating(webhooks, complete, oldObject, context);
  if (mutating && !mutating.mutated) return answer([...unknown, ...mutating.causes], undefined);

  const { status, ...content } = defaultedBy(mutating?.mutated ?? complete, definition);
  const kept = definition.status ? oldObject?.['status'] : status;
  const result = { ...content, ...(kept !== undefined && { status: kept }) } as KubernetesObject;
  return answer(
    [
      ...unknown,
      ...defaultedProblems(result, { object: result, definition, karmada }),
      ...objectCauses(result, oldObject, definition),
      ...(webhooks ? callValidating(webhooks, result, oldObject, context) : []),
    ],
    result,
  );
}

function missingType(field: 'apiVersion' | 'kind'): Cause {
  return { code: 'missing-field', layer: 'schema', path: field, message: `${field} is not set`, fix: `add ${field}` };
}

/** Adds the namespace to namespaced objects, and removes it from cluster-scoped ones, as the API server does. */
function located(object: KubernetesObject, { scope }: KindDefinition, namespace: string): KubernetesObject {
  const metadata: unknown = object.metadata;
  if (metadata !== undefined && metadata !== null && !isRecord(metadata)) return object;
  const { namespace: given, ...rest } = metadata ?? {};
  if (scope === 'Cluster') return given === undefined ? object : { ...object, metadata: rest };
  return given ? object : { ...object, metadata: { ...metadata, namespace } };
}

/** The API server decodes only `metadata` into a Go type, which drops nulls and empty maps. */
function withTypedMetadata(object: KubernetesObject): KubernetesObject {
  const { value, causes } = decode(object.metadata ?? {}, objectMeta);
  return causes.length > 0 ? object : { ...object, metadata: encode(value, objectMeta) as ObjectMetadata };
}

/** Why the API server rejects the metadata of a custom resource. */
function* objectCauses(
  object: KubernetesObject,
  oldObject: KubernetesObject | undefined,
  { scope }: KindDefinition,
): Iterable<Cause> {
  const { value, causes } = decode(object.metadata ?? {}, objectMeta, 'metadata');
  // The schema check already reports values that cannot be decoded.
  if (causes.length > 0) return;
  const metadata = value as ObjectMetadata;
  const found = oldObject
    ? metadataUpdateCauses(metadata, oldObject.metadata ?? {})
    : metadataCauses(metadata, scope === 'Namespaced', dnsSubdomainProblems);
  for (const cause of found) yield { ...cause, layer: 'schema' };
}

/** Reports a cause of two steps once, from the first step. */
function answer(causes: readonly Cause[], stored: KubernetesObject | undefined): Admission {
  const told = new Map<string, Cause>();
  for (const cause of causes) {
    const key = `${cause.path}\n${cause.message}`;
    if (!told.has(key)) told.set(key, cause);
  }
  return { causes: [...told.values()], stored: told.size === 0 ? stored : undefined };
}
