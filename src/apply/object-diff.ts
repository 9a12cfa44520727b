import { apiGroup, type KubernetesObject } from '../kubernetes/object';
import { fieldAt, recordOf } from '../kubernetes/plain-data';
import { maskedPair } from '../report';
import { emitDocument } from '../yaml/emit';
import { byIdentity, identityOf } from './release';
import { unifiedDiff } from './unified-diff';

/**
 * What an apply changes in stored objects, in the format of `diff -u`. Fields that the server sets by itself are omitted unless
 * the manifest sets them: a dry run generates some of them anew each time.
 *
 * @param objects - as in the manifests
 * @param live - as stored before the apply
 * @param stored - as stored after it, according to a dry run
 */
export function objectDiff(
  objects: readonly KubernetesObject[],
  live: readonly KubernetesObject[],
  stored: readonly KubernetesObject[],
): string {
  const before = byIdentity(live);
  const manifests = byIdentity(objects);
  const diffs = stored.map((after) => {
    const manifest = manifests.get(identityOf(after)) ?? after;
    const now = before.get(identityOf(after));
    const [old, next] = maskedPair(now ?? emptied(after), after);
    const name = [
      after.apiVersion.replace('/', '.'),
      after.kind,
      after.metadata?.namespace ?? '',
      after.metadata?.name,
    ];
    const file = name.join('.');
    return unifiedDiff(now ? linesOf(old, manifest) : [], linesOf(next, manifest), {
      before: `live/${file}`,
      after: `applied/${file}`,
    });
  });
  return diffs.join('');
}

function emptied({ apiVersion, kind }: KubernetesObject): KubernetesObject {
  return { apiVersion, kind };
}

function linesOf(object: KubernetesObject, manifest: KubernetesObject): string[] {
  return emitDocument(withoutServerFields(object, manifest)).trimEnd().split('\n');
}

const serverMetadata = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const allocated = ['clusterIP', 'clusterIPs', 'healthCheckNodePort', 'nodePort'];
/** Labels of Jobs and their pods, and of Karmada's policies. */
const generatedLabel = /(^|\/)(controller-uid|permanent-id)$/;

function withoutServerFields(object: KubernetesObject, manifest: KubernetesObject): object {
  const { status, metadata, ...content } = object;
  const kept = Object.entries(metadata ?? {}).filter(([key]) => !serverMetadata.includes(key));
  const isService = object.kind === 'Service' && apiGroup(object.apiVersion) === '';
  const isOmitted = (key: string) => generatedLabel.test(key) || (isService && allocated.includes(key));
  const all = { ...content, metadata: Object.fromEntries(kept), ...(manifest['status'] !== undefined && { status }) };
  return without(all, manifest, isOmitted) as object;
}

/** A copy with sorted keys, without those to omit that the manifest does not have at the same place. */
function without(value: unknown, manifest: unknown, isOmitted: (key: string) => boolean): unknown {
  if (Array.isArray(value)) {
    const items = Array.isArray(manifest) ? manifest : [];
    return value.map((item, index) => without(item, items[index], isOmitted));
  }
  const record = recordOf(value);
  if (!record) return value;
  const keys = Object.keys(record).filter((key) => !isOmitted(key) || fieldAt(manifest, key) !== undefined);
  return Object.fromEntries(keys.sort().map((key) => [key, without(record[key], fieldAt(manifest, key), isOmitted)]));
}
