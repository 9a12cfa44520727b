import { admit, type Cause, callWebhooks } from '../../src/admission';
import type { AdmissionOptions } from '../../src/admission/webhooks';
import type { KubernetesObject } from '../../src/kubernetes/object';

/** Karmada's answer to an object. */
export interface AdmissionAnswer {
  readonly allowed: boolean;
  /** Fields in its message. */
  readonly paths: readonly string[];
}

/** Compares our result with a webhook's answer; undefined if both agree about the same fields. */
export function webhookDifference(
  object: KubernetesObject,
  options: AdmissionOptions,
  answer: AdmissionAnswer,
): string | undefined {
  return decisionDifference('webhook', answer, callWebhooks(object, options).causes);
}

/** Compares our result with a control plane's answer; also returns the object that we would store. */
export function liveDifference(
  object: KubernetesObject,
  options: AdmissionOptions,
  answer: AdmissionAnswer,
): { readonly difference: string | undefined; readonly stored: KubernetesObject | undefined } {
  const { causes, stored } = admit(object, options);
  return { difference: decisionDifference('live', answer, causes), stored };
}

/** Fields that stand at the beginning of a part of Karmada's message: `spec.rules[0].name: Required value`. */
export function pathsIn(message: string): readonly string[] {
  const fields = /(?:^|[[\s:])((?:spec|metadata|webhooks)(?:\.[A-Za-z0-9]+|\[[^\]]*\])*): (?=[A-Z])/g;
  return [...message.matchAll(fields)].map((match) => match[1]!);
}

/** Both allow or both reject. If Karmada's message names a field, one of our causes must be about it. */
function decisionDifference(layer: string, answer: AdmissionAnswer, causes: readonly Cause[]): string | undefined {
  const told = causes.map(({ path, message }) => `${path}: ${message}`).join('; ');
  if (answer.allowed !== (causes.length === 0)) {
    return `${layer}: Karmada ${answer.allowed ? 'allows it' : `refuses ${answer.paths.join(', ')}`}, we say ${told || 'allowed'}`;
  }
  const missed = answer.paths.filter((path) => !causes.some((cause) => isAbout(cause, path)));
  return missed.length === 0 ? undefined : `${layer}: Karmada names ${missed.join(', ')}, we say ${told}`;
}

function isAbout({ path, reportedAs }: Cause, field: string): boolean {
  return [path, reportedAs].some((own) => own !== undefined && (isWithin(own, field) || isWithin(field, own)));
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
