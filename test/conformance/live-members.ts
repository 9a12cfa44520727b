import type { KubernetesObject } from '../../src/kubernetes/object';
import type { Plan } from '../../src/planner';
import { canonicalJson } from './support';

/** An object in a member as read back: what matters of it, under names of its own. */
export interface RecordedMember {
  readonly kind: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The objects in every member. */
export type RecordedMembers = Readonly<Record<string, readonly RecordedMember[]>>;

/** What a member has: an object foretold, or one that stays as it was recorded before. */
type MemberContent = { readonly object: KubernetesObject } | { readonly before: RecordedMember };

/**
 * What the members have once the plan has come true, given what they had before. Cluster-scoped objects count where the
 * recording shows them at all.
 */
export function membersAfter(
  plan: Plan,
  before: RecordedMembers,
  recorded: RecordedMembers,
): ReadonlyMap<string, ReadonlyMap<string, MemberContent>> {
  const preserved = new Set(plan.leftovers.filter((each) => each.preserved).map(({ binding }) => shortKey(binding)));
  const templates = new Set(
    plan.templates.map(({ manifest }) => keyOf(manifest.object.kind, manifest.object.metadata?.name)),
  );
  const after = new Map<string, Map<string, MemberContent>>();
  for (const { name: cluster } of plan.clusters) {
    const content = new Map<string, MemberContent>();
    for (const member of before[cluster] ?? []) {
      const key = keyOf(member.kind, member.name);
      // Without its template a copy goes, unless it is preserved; what Karmada never managed stays.
      if (!isManaged(member) || (preserved.has(key) && !templates.has(key))) content.set(key, { before: member });
    }
    for (const arriving of plan.objectsIn(cluster)) {
      const template = plan.template(arriving.template)?.manifest.object;
      if (!template?.metadata?.namespace && !isRecorded(template, recorded)) continue;
      const key = keyOf(template?.kind ?? '', template?.metadata?.name);
      const had = before[cluster]?.find((member) => keyOf(member.kind, member.name) === key);
      const stays =
        arriving.kind === 'failed' ||
        arriving.kept ||
        arriving.suspended ||
        (had && !isManaged(had) && !arriving.overwrites);
      if (!stays) content.set(key, { object: retained(arriving.object, had) });
      else if (had) content.set(key, { before: had });
    }
    after.set(cluster, content);
  }
  return after;
}

function isRecorded(object: KubernetesObject | undefined, recorded: RecordedMembers): boolean {
  const key = keyOf(object?.kind ?? '', object?.metadata?.name);
  return Object.values(recorded).some((members) => members.some(({ kind, name }) => keyOf(kind, name) === key));
}

/** A Deployment with this label keeps the replicas that its member gave it. */
function retained(object: KubernetesObject, had: RecordedMember | undefined): KubernetesObject {
  if (!had || object.metadata?.labels?.['resourcetemplate.karmada.io/retain-replicas'] !== 'true') return object;
  return { ...object, spec: { ...(object.spec as object), replicas: had['replicas'] } };
}

/** What differs between the members foretold and those recorded. */
export function membersDifference(
  foretold: ReadonlyMap<string, ReadonlyMap<string, MemberContent>>,
  recorded: RecordedMembers,
): string | undefined {
  for (const [cluster, members] of Object.entries(recorded)) {
    const content = foretold.get(cluster) ?? new Map<string, MemberContent>();
    const [has, should] = [members.map(({ kind, name }) => keyOf(kind, name)).sort(), [...content.keys()].sort()];
    if (canonicalJson(has) !== canonicalJson(should)) return `${cluster} has ${has}, foretold ${should}`;
    for (const member of members) {
      const difference = contentDifference(member, content.get(keyOf(member.kind, member.name)) as MemberContent);
      if (difference) return `${member.kind} ${member.name} in ${cluster}: ${difference}`;
    }
  }
  return undefined;
}

function contentDifference(recorded: RecordedMember, content: MemberContent): string | undefined {
  const foretold = 'before' in content ? content.before : asRecorded(recorded, content.object);
  for (const field of Object.keys(recorded)) {
    if (field === 'annotations' || field === 'status') continue;
    const [has, should] =
      field === 'labels' ? [ownLabels(recorded), ownLabels(foretold)] : [recorded[field], foretold[field]];
    // A member's API server adds defaults to a spec, never to the data of a ConfigMap or Secret.
    const agrees = field === 'spec' ? isPart(should, has) : isPart(should, has) && isPart(has, should);
    if (!agrees) return `${field} is ${canonicalJson(has)}, foretold ${canonicalJson(should)}`;
  }
  return undefined;
}

/** The fields of an object that the recorded one shows. */
function asRecorded(recorded: RecordedMember, object: KubernetesObject): RecordedMember {
  const spec = (object.spec ?? {}) as Readonly<Record<string, unknown>>;
  const fields: Record<string, unknown> = {};
  for (const field of Object.keys(recorded)) {
    fields[field] = field === 'images' ? imagesOf(object) : (object[field] ?? spec[field]);
  }
  const { name = '', labels = {} } = object.metadata ?? {};
  return { ...fields, kind: object.kind, name, labels };
}

function imagesOf(object: KubernetesObject): readonly unknown[] {
  const spec = object.spec as { template?: { spec?: { containers?: readonly { image?: string }[] } } } | undefined;
  return (spec?.template?.spec?.containers ?? []).map(({ image }) => image);
}

/** Whether everything foretold is there; the member's API server adds defaults of its own. */
function isPart(foretold: unknown, has: unknown): boolean {
  if (Array.isArray(foretold)) {
    return Array.isArray(has) && has.length === foretold.length && foretold.every((item, at) => isPart(item, has[at]));
  }
  if (typeof foretold !== 'object' || foretold === null) return canonicalJson(foretold) === canonicalJson(has);
  if (typeof has !== 'object' || has === null) return false;
  return Object.entries(foretold).every(([key, value]) => isPart(value, (has as Record<string, unknown>)[key]));
}

/** Labels that Karmada did not add. */
function ownLabels({ labels = {} }: RecordedMember): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.includes('karmada.io/')));
}

function isManaged({ labels }: RecordedMember): boolean {
  return labels?.['karmada.io/managed'] === 'true';
}

function keyOf(kind: string, name: string | undefined): string {
  return `${kind}/${name}`;
}

/** `Kind/name` of `Kind/namespace/name`. */
function shortKey(key: string): string {
  const parts = key.split('/');
  return `${parts[0]}/${parts.at(-1)}`;
}
