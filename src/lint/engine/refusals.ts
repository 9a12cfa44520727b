import type { Cause } from '../../admission';
import { causesBy } from '../../admission/admit';
import type { KarmadaVersion } from '../../karmada/release';
import type { Manifest } from '../../kubernetes/manifest';
import { groupKindKey } from '../../kubernetes/object';
import { definitionCause, kindCause, policyCause } from '../analysis/unselected-templates';
import { type RawFinding, rawFinding } from './raw-finding';
import { withoutFields } from './sound-manifests';

/** Ids of reported refusals; the message names the broken rule of the API server or the webhook. */
export const refusalRules = [
  {
    id: 'valid-schema',
    severity: 'error',
    layer: 'schema',
    summary: 'Every object has the fields, types and values that the definition of its kind allows.',
    rationale: 'the API server refuses the object',
  },
  {
    id: 'valid-admission',
    severity: 'error',
    layer: 'admission',
    summary: 'Every object passes the validation of the API server and the webhooks of Karmada.',
    rationale: 'the API server or a webhook of Karmada refuses the object',
  },
] as const;

/** What Karmada would refuse, and what it would make of the rest. */
export interface Refusals {
  readonly findings: readonly RawFinding[];
  /** The manifests without the fields that hold something else than they may. */
  readonly sound: readonly Manifest[];
}

/**
 * What Karmada would refuse, object by object: first what its schema says, then what its webhooks say.
 *
 * @param namespace - of objects that name none
 */
export function refusals(manifests: readonly Manifest[], karmada: KarmadaVersion, namespace: string): Refusals {
  const objects = manifests.map(({ object }) => object);
  const causesOf = causesBy({ karmada, others: objects, namespace });
  const findings: RawFinding[] = [];
  const sound = manifests.map((at) => {
    const causes = causesOf(at.object);
    for (const cause of causes) {
      const consequences = cause.code === 'unknown-kind' ? { cause: causesOfKind(at, namespace) } : {};
      findings.push({ ...refusalOf(cause, at), ...consequences });
    }
    const unreadable = causes.filter(({ code }) => code === 'wrong-type' || code === 'type');
    return withoutFields(
      at,
      unreadable.map(({ path }) => path),
    );
  });
  return { findings, sound };
}

function refusalOf({ layer, path, message, why, fix }: Cause, at: Manifest): RawFinding {
  const [schema, admission] = refusalRules;
  return rawFinding(layer === 'schema' ? schema : admission, {
    at,
    ...(path !== '' && { path }),
    message: withField(message, path),
    ...(why !== undefined && { why }),
    fix,
  });
}

/** An object that the API server does not take needs neither a policy nor the definition of its kind. */
function causesOfKind(at: Manifest, namespace: string): readonly string[] {
  const { object } = at;
  const named = { ...at, object: { ...object, metadata: { namespace, ...object.metadata } } };
  return [kindCause(at), policyCause(at), policyCause(named), definitionCause(groupKindKey(object))];
}

/** Where a finding is shown without its path, the message has to say which field it is about. */
function withField(message: string, path: string): string {
  const field = /([\w-]+)[^\w-]*$/.exec(path.replace(/\[\d+\]/g, ''))?.[1];
  return field === undefined || message.includes(field) || message.startsWith('no matches')
    ? message
    : `${field}: ${message}`;
}
