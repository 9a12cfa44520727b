import { defaultKarmadaVersion, type KarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import type { FieldProblem } from '../problem/problem';
import type { Cause } from './cause';
import { type KindWebhooks, webhooksOf } from './kinds';
import type { Review } from './review';
import { karmadaKind } from './schema/tables';
import { decode } from './store/decode';
import { encode } from './store/encode';
import type { StructShape } from './store/shape';
import { shapeOf } from './store/shape-of';

export interface AdmissionOptions {
  /** @default 'CREATE' */
  readonly operation?: 'CREATE' | 'UPDATE';
  /** The object before an update. */
  readonly oldObject?: KubernetesObject;
  /** Other objects in the control plane, for rules about several objects. @default - none */
  readonly others?: readonly KubernetesObject[];
  /** Karmada release. @default - the newest modelled release */
  readonly karmada?: KarmadaVersion;
  /** Whether karmada-webhook runs with --allow-no-execute-taint-policy. @default false */
  readonly allowNoExecuteTaints?: boolean;
}

/** The result of Karmada's webhooks. */
export interface WebhookAnswer {
  /** Why they reject the object; empty if they accept it. */
  readonly causes: readonly Cause[];
  /** The object after the mutating webhook; undefined if the webhook could not decode it. */
  readonly mutated: KubernetesObject | undefined;
}

/**
 * Calls only Karmada's webhooks: mutating, then validating. {@link admit} also applies the schema and the defaults of the
 * CustomResourceDefinition.
 */
export function callWebhooks(object: KubernetesObject, options: AdmissionOptions = {}): WebhookAnswer {
  const webhooks = webhooksOf(object);
  if (!webhooks) return { causes: [], mutated: object };
  const context = { ...reviewContext(options), namespace: requestNamespace(object, webhooks), behindApiServer: false };
  const { causes, mutated } = callMutating(webhooks, object, options.oldObject, context);
  if (!mutated) return { causes, mutated };
  return { causes: callValidating(webhooks, mutated, options.oldObject, context), mutated };
}

type ReviewContext = Omit<Review, 'object' | 'oldObject'>;

/** The parts of a review that come from the options. */
export function reviewContext(options: AdmissionOptions): Omit<ReviewContext, 'namespace' | 'behindApiServer'> {
  return {
    operation: options.operation ?? 'CREATE',
    others: options.others ?? [],
    karmada: options.karmada ?? defaultKarmadaVersion,
    allowNoExecuteTaints: options.allowNoExecuteTaints ?? false,
  };
}

/** The object as the mutating webhook returns it, encoded from its Go type. */
export function callMutating(
  webhooks: KindWebhooks,
  object: KubernetesObject,
  oldObject: KubernetesObject | undefined,
  context: ReviewContext,
): WebhookAnswer {
  if (!webhooks.mutate) return { causes: [], mutated: object };
  const { review, causes } = read(object, oldObject, context);
  if (causes.length > 0) return { causes: causes.map(refusal), mutated: undefined };
  return { causes: [], mutated: encode(webhooks.mutate(review), goTypeOf(object, context)) as KubernetesObject };
}

/** Why the validating webhook rejects the object. */
export function callValidating(
  webhooks: KindWebhooks,
  object: KubernetesObject,
  oldObject: KubernetesObject | undefined,
  context: ReviewContext,
): readonly Cause[] {
  const { review, causes } = read(object, oldObject, context);
  if (causes.length > 0) return causes.map(refusal);
  const unreadable = webhooks.comparesUpdates && oldObject ? decode(oldObject, goTypeOf(object, context)).causes : [];
  return (unreadable.length > 0 ? unreadable : [...webhooks.validate(review)]).map(refusal);
}

function refusal(problem: FieldProblem): Cause {
  return { ...problem, layer: 'admission' };
}

function read(
  object: KubernetesObject,
  oldObject: KubernetesObject | undefined,
  context: ReviewContext,
): { readonly review: Review; readonly causes: readonly FieldProblem[] } {
  const shape = goTypeOf(object, context);
  const { value, causes } = decode(object, shape);
  const before = oldObject && (decode(oldObject, shape).value as KubernetesObject);
  return { review: { ...context, object: value as KubernetesObject, ...(before && { oldObject: before }) }, causes };
}

/** The Go type of a kind with webhooks, which every release defines. */
function goTypeOf({ apiVersion, kind }: KubernetesObject, { karmada }: ReviewContext): StructShape {
  return shapeOf(karmadaKind(apiVersion, kind, karmada)!);
}

function requestNamespace({ metadata }: KubernetesObject, { clusterScoped }: KindWebhooks): string {
  const namespace: unknown = metadata?.namespace;
  return clusterScoped || typeof namespace !== 'string' ? '' : namespace;
}
