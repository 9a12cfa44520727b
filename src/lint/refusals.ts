import { admit } from '../admission';
import type { KarmadaVersion } from '../model/karmada-version';
import type { Manifest } from '../model/manifest';
import type { Stated } from './fold';

/** Ids under which refusals are reported: which of the API server's and the webhooks' rules it was stands in the message. */
export const refusalRules = ['valid-schema', 'valid-admission'] as const;

/** What Karmada would refuse, object by object: first what its schema says, then what its webhooks say. */
export function refusals(manifests: readonly Manifest[], karmada: KarmadaVersion): Stated[] {
  const objects = manifests.map(({ object }) => object);
  return manifests.flatMap((at) =>
    admit(at.object, { karmada, others: objects }).causes.map(
      ({ layer, path, message, why, fix }): Stated => ({
        rule: layer === 'schema' ? 'valid-schema' : 'valid-admission',
        layer,
        severity: 'error',
        at,
        ...(path !== '' && { path }),
        message,
        why:
          why ??
          (layer === 'schema'
            ? 'the API server of Karmada refuses the object'
            : 'a webhook of Karmada refuses the object'),
        fix,
      }),
    ),
  );
}
