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

/** How an object reaches Karmada. */
export interface AdmissionOptions {
  /** @default 'CREATE' */
  readonly operation?: 'CREATE' | 'UPDATE';
  /** The object as it stands before an update. */
  readonly oldObject?: KubernetesObject;
  /** Objects that are in the control plane already, for rules that look at more than one. @default - none */
  readonly others?: readonly KubernetesObject[];
  /** Release whose rules count. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Whether karmada-webhook runs with --allow-no-execute-taint-policy. @default false */
  readonly allowNoExecuteTaints?: boolean;
}

/** What Karmada's webhooks make of an object. */
export interface WebhookAnswer {
  /** Why they refuse it; empty when they let it pass. */
  readonly causes: readonly Cause[];
  /** The object after the mutating webhook, or undefined when that one could not read it. */
  readonly mutated: KubernetesObject | undefined;
}

/**
 * What Karmada's webhooks alone say of an object: mutating, then validating, without the schema and the defaults of the
 * CustomResourceDefinition. {@link admit} puts those around it.
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

/** What a review holds beside the objects, as far as the options say. */
export function reviewContext(options: AdmissionOptions): Omit<ReviewContext, 'namespace' | 'behindApiServer'> {
  return {
    operation: options.operation ?? 'CREATE',
    others: options.others ?? [],
    karmada: options.karmada ?? defaultKarmadaVersion,
    allowNoExecuteTaints: options.allowNoExecuteTaints ?? false,
  };
}

/** The object as the mutating webhook writes it back: from its Go type, with all that this implies. */
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

/** Why the validating webhook refuses the object. */
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

/** The Go type of a kind that has webhooks, and so a definition in every release. */
function goTypeOf({ apiVersion, kind }: KubernetesObject, { karmada }: ReviewContext): StructShape {
  return shapeOf(karmadaKind(apiVersion, kind, karmada)!);
}

function requestNamespace({ metadata }: KubernetesObject, { clusterScoped }: KindWebhooks): string {
  const namespace: unknown = metadata?.namespace;
  return clusterScoped || typeof namespace !== 'string' ? '' : namespace;
}
