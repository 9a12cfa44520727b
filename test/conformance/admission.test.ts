import type { KarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { liveDifference, pathsIn, webhookDifference } from '../support/admission-comparison';
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
  const { object, webhook, live } = recorded;
  const options = optionsOf(recorded, karmada);
  const { difference, stored } = liveDifference(object, options, answerOf(live));
  const spec = live.storedSpec === undefined ? undefined : differenceOf(live.storedSpec, stored?.spec);
  const problems = [
    webhookDifference(object, options, answerOf(webhook)),
    difference,
    spec && `live: stored spec: ${spec}`,
  ].filter((problem) => problem !== undefined);
  return problems.length === 0 ? undefined : problems.join('\n    ');
});

function optionsOf({ operation, oldObject }: AdmissionCase, karmada: KarmadaVersion) {
  return { operation, karmada, ...(oldObject && { oldObject }) };
}

function answerOf({ allowed, message = '' }: RecordedAnswer) {
  return { allowed, paths: pathsIn(message) };
}
