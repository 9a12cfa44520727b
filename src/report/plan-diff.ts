import type { KubernetesObject } from '../kubernetes/object';
import type { MemberObject, Plan, TemplatePlan, TieBreak } from '../planner';
import { type FieldChange, fieldChanges } from './field-change';
import { type PlacementChange, placementChanges } from './placement-change';
import { maskedPair } from './secret-mask';

/** How an object in a member cluster differs between two plans. */
export interface MemberChange {
  readonly template: string;
  /** `failing`: Karmada can no longer make the object. */
  readonly change: 'added' | 'removed' | 'changed' | 'failing';
  /** The result of a tie to which it belongs. @default - independent of the UID */
  readonly tie?: TieBreak;
  /** The fields that differ; values of Secrets are hidden. */
  readonly fields: readonly FieldChange[];
  /** Why it fails. */
  readonly why?: string;
}

/** What changes in one member cluster. */
export interface ClusterDiff {
  readonly cluster: string;
  readonly objects: readonly MemberChange[];
}

/** What changes between two plans, in placement and in the objects of each member. Part of the documented shapes. */
export interface PlanDiff {
  readonly placements: readonly PlacementChange[];
  /** The clusters in which anything changes. */
  readonly members: readonly ClusterDiff[];
}

/**
 * What changes from one plan to another.
 *
 * @param sameOverrides - whether the override policies are known to be equal. Then only templates that differ or are
 *   placed differently are compared, which is much faster @default false
 */
export function planDiff(before: Plan, after: Plan, sameOverrides = false): PlanDiff {
  const placements = placementChanges(before, after);
  const all = [...new Set([...after.templates, ...before.templates].map(({ key }) => key))];
  const keys = sameOverrides ? differing(all, before, after, placements) : all;
  const clusters = [...new Set([...after.clusters, ...before.clusters].map(({ name }) => name))];
  const members = clusters
    .map((cluster) => ({ cluster, objects: keys.flatMap((key) => memberChanges(before, after, key, cluster)) }))
    .filter(({ objects }) => objects.length > 0);
  return { placements, members };
}

/** Whether the diff is empty. */
export function isEmptyDiff({ placements, members }: PlanDiff): boolean {
  return placements.length === 0 && members.length === 0;
}

function differing(
  keys: readonly string[],
  before: Plan,
  after: Plan,
  placements: readonly PlacementChange[],
): string[] {
  const moved = new Set(placements.map(({ template }) => template));
  return keys.filter((key) => moved.has(key) || textOf(before.template(key)) !== textOf(after.template(key)));
}

function textOf(template: TemplatePlan | undefined): string {
  return JSON.stringify(template?.manifest.object ?? null);
}

function memberChanges(before: Plan, after: Plan, key: string, cluster: string): MemberChange[] {
  const [ascending, descending] = (['ascending', 'descending'] as const).map((tie) =>
    memberChange(copyIn(before, key, cluster, tie), copyIn(after, key, cluster, tie), key),
  );
  if (JSON.stringify(ascending) === JSON.stringify(descending)) return ascending ? [ascending] : [];
  return [
    ...(ascending ? [{ ...ascending, tie: 'ascending' as const }] : []),
    ...(descending ? [{ ...descending, tie: 'descending' as const }] : []),
  ];
}

function copyIn(plan: Plan, key: string, cluster: string, tie: TieBreak): MemberObject | undefined {
  if (!plan.clusters.some(({ name }) => name === cluster)) return undefined;
  return plan.template(key)?.objectsIn(cluster, tie)[0];
}

function memberChange(
  before: MemberObject | undefined,
  after: MemberObject | undefined,
  template: string,
): MemberChange | undefined {
  if (after?.kind === 'failed') {
    const failedBefore = before?.kind === 'failed' && before.why === after.why;
    return failedBefore ? undefined : { template, change: 'failing', fields: [], why: after.why };
  }
  const one = objectOf(before);
  const other = objectOf(after);
  if (!one || !other) {
    if (one === other) return undefined;
    return { template, change: one ? 'removed' : 'added', fields: [] };
  }
  const fields = fieldChanges(...maskedPair(one, other));
  return fields.length > 0 ? { template, change: 'changed', fields } : undefined;
}

function objectOf(copy: MemberObject | undefined): KubernetesObject | undefined {
  return copy?.kind === 'received' ? copy.object : undefined;
}
