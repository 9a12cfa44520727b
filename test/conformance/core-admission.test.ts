import { admit, type Cause } from '../../src/admission';
import type { KarmadaVersion } from '../../src/karmada/release';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { describeTopic, type RecordedCase } from './support';

interface CoreAdmissionCase extends RecordedCase {
  readonly object: KubernetesObject;
  readonly allowed: boolean;
  /** Fields that the API server names. Indices may be missing. */
  readonly paths?: readonly string[];
  readonly reason?: string;
  /** The verdict depends on the configuration of the server, or on other objects. */
  readonly environment?: boolean;
}

for (const topic of ['core_admission', 'core_admission_more']) describeTopic<CoreAdmissionCase>(topic, difference);

/** No allowed object is refused, and every refusal is found, about one of the fields that the server names. */
function difference(recorded: CoreAdmissionCase, karmada: KarmadaVersion): string | undefined {
  const { object, allowed, paths, environment, reason } = recorded;
  const { causes } = admit(object, { karmada });
  const told = causes.map(({ path, message }) => `${path}: ${message}`).join('; ') || 'allowed';
  if (environment) return allowed && causes.length > 0 ? `the server allows it, we say ${told}` : undefined;
  if (allowed !== (causes.length === 0)) return `the server ${allowed ? 'allows' : 'refuses'} it, we say ${told}`;
  // A decoding message names no keys of maps.
  const about = reason === 'BadRequest' ? isAboutType : isAbout;
  if (!paths || paths.some((path) => causes.some((cause) => about(cause, path)))) return undefined;
  return `the server names ${paths.join(', ')}, we say ${told}`;
}

/** Whether a cause is about a field, an ancestor or a descendant of it, whatever the index in a list. */
function isAbout({ path, reportedAs }: Cause, field: string): boolean {
  return [path, reportedAs].some((own) => own !== undefined && (isWithin(own, field) || isWithin(field, own)));
}

function isWithin(inner: string, outer: string): boolean {
  const [own, wanted] = [stepsOf(inner), stepsOf(outer)];
  return wanted.every((step, index) => own[index] === step);
}

function isAboutType(cause: Cause, field: string): boolean {
  let at = 0;
  for (const step of stepsOf(cause.path)) if (step === stepsOf(field)[at]) at++;
  return at === stepsOf(field).length || isAbout(cause, field);
}

function stepsOf(path: string): readonly string[] {
  return path
    .replace(/\[\d+\]/g, '')
    .split(/[.[\]]+/)
    .filter(Boolean);
}
