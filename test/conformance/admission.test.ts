import { admit, type Cause, callWebhooks } from '../../src/admission';
import type { KarmadaVersion } from '../../src/model/karmada-version';
import type { KubernetesObject } from '../../src/model/kubernetes-object';
import { describeTopic, differenceOf, type RecordedCase } from './support';

interface RecordedAnswer {
  readonly allowed: boolean;
  readonly message?: string;
  readonly storedSpec?: unknown;
}

interface AdmissionCase extends RecordedCase {
  readonly object: KubernetesObject;
  readonly oldObject?: KubernetesObject;
  readonly operation: 'CREATE' | 'UPDATE';
  /** The mutating and validating handlers of Karmada, called directly. */
  readonly webhook: RecordedAnswer;
  /** A running control plane. */
  readonly live: RecordedAnswer;
}

describeTopic<AdmissionCase>('admission', (recorded, karmada) => {
  const problems = [webhookDifference(recorded, karmada), liveDifference(recorded, karmada)];
  const found = problems.filter((problem) => problem !== undefined);
  return found.length === 0 ? undefined : found.join('\n    ');
});

function webhookDifference(recorded: AdmissionCase, karmada: KarmadaVersion): string | undefined {
  const { causes } = callWebhooks(recorded.object, optionsOf(recorded, karmada));
  return decisionDifference('webhook', recorded.webhook, causes);
}

function liveDifference(recorded: AdmissionCase, karmada: KarmadaVersion): string | undefined {
  const { causes, stored } = admit(recorded.object, optionsOf(recorded, karmada));
  const decision = decisionDifference('live', recorded.live, causes);
  if (decision !== undefined || recorded.live.storedSpec === undefined) return decision;
  const difference = differenceOf(recorded.live.storedSpec, stored?.spec);
  return difference === undefined ? undefined : `live: stored spec: ${difference}`;
}

function optionsOf({ operation, oldObject }: AdmissionCase, karmada: KarmadaVersion) {
  return { operation, karmada, ...(oldObject && { oldObject }) };
}

/** Both allow or both refuse, and where Karmada's message names a field, one of our causes is about it. */
function decisionDifference(layer: string, recorded: RecordedAnswer, causes: readonly Cause[]): string | undefined {
  const told = causes.map(({ path, message }) => `${path}: ${message}`).join('; ');
  if (recorded.allowed !== (causes.length === 0)) {
    return `${layer}: expected ${recorded.allowed ? 'allowed' : `refused (${recorded.message})`}, got ${told || 'allowed'}`;
  }
  const missed = pathsIn(recorded.message ?? '').filter((path) => !causes.some((cause) => isAbout(cause, path)));
  return missed.length === 0 ? undefined : `${layer}: Karmada names ${missed.join(', ')}, we say ${told}`;
}

/** Fields that stand at the beginning of a part of Karmada's message: `spec.rules[0].name: Required value`. */
function pathsIn(message: string): readonly string[] {
  const fields = /(?:^|[[\s:])((?:spec|metadata|webhooks)(?:\.[A-Za-z0-9]+|\[[^\]]*\])*): (?=[A-Z])/g;
  return [...message.matchAll(fields)].map((match) => match[1]!);
}

function isAbout({ path, reportedAs }: Cause, field: string): boolean {
  return [path, reportedAs].some((own) => own !== undefined && (isWithin(own, field) || isWithin(field, own)));
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
}
