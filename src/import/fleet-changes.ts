import type { ClusterTaint } from '../karmada/cluster';
import { canonicalText } from '../kubernetes/plain-data';
import type { ClusterProperties } from '../model/cluster-properties';
import type { FleetData } from '../model/fleet-data';

/** What changes between two states of a fleet. */
export interface FleetChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly cluster: string; readonly properties: readonly PropertyChange[] }[];
}

/** A property of a cluster that changes. */
export interface PropertyChange {
  /** `region`, `label tier`, `taint maintenance=yes:NoSchedule`, `API apps/v1` and so on. */
  readonly property: string;
  /** The value before, as text; absent if it is new, and empty where the name says all. Long values are left out on both sides. */
  readonly before?: string;
  readonly after?: string;
}

/** Compares two states of a fleet, whatever the order in which they are written. */
export function fleetChanges(before: FleetData, after: FleetData): FleetChanges {
  const has = ({ clusters }: FleetData, name: string) => Object.hasOwn(clusters, name);
  const [old, now] = [Object.keys(before.clusters), Object.keys(after.clusters)];
  return {
    added: now.filter((name) => !has(before, name)),
    removed: old.filter((name) => !has(after, name)),
    changed: now.flatMap((cluster) => {
      if (!has(before, cluster)) return [];
      const properties = propertyChanges(before.clusters[cluster]!, after.clusters[cluster]!);
      return properties.length > 0 ? [{ cluster, properties }] : [];
    }),
  };
}

/** Whether nothing changes. */
export function isSameFleet({ added, removed, changed }: FleetChanges): boolean {
  return added.length + removed.length + changed.length === 0;
}

/** The changes as lines for people. */
export function fleetChangesText(changes: FleetChanges): string {
  const lines = [
    ...changes.added.map((name) => `new      ${name}`),
    ...changes.removed.map((name) => `gone     ${name}`),
    ...changes.changed.map(
      ({ cluster, properties }) => `changed  ${cluster}: ${properties.map(changeText).join('; ')}`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function changeText({ property, before, after }: PropertyChange): string {
  if (before !== undefined && after !== undefined) return `${property} ${before} → ${after}`;
  const named = [property, before ?? after].filter(Boolean).join(' ');
  if (after !== undefined) return `${named} is new`;
  return before === undefined ? property : `${named} is gone`;
}

function propertyChanges(before: ClusterProperties, after: ClusterProperties): PropertyChange[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((property): PropertyChange[] => {
    const [one, other] = [old.get(property), now.get(property)];
    if (one === other) return [];
    // Long values would hide the others.
    if (longProperties.includes(property)) return [{ property }];
    return [{ property, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) }];
  });
}

const longProperties: readonly string[] = ['resourceModels', 'resourceSummary'];

/** The parts of a cluster that change on their own, as text. */
function partsOf(cluster: ClusterProperties): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const [property, value] of Object.entries(cluster)) {
    if (property === 'labels') {
      for (const [key, label] of Object.entries(cluster.labels ?? {})) parts.set(`label ${key}`, label || '""');
    } else if (property === 'taints') {
      for (const { key, value: text, effect } of cluster.taints ?? ([] as readonly ClusterTaint[])) {
        parts.set(`taint ${key}${text === undefined ? '' : `=${text}`}:${effect}`, '');
      }
    } else if (property === 'apiEnablements') {
      for (const { groupVersion, kinds } of cluster.apiEnablements ?? [])
        parts.set(`API ${groupVersion}`, kinds.join(', '));
      parts.set('apiEnablements', 'stated');
    } else if (property === 'zones') {
      parts.set('zones', (cluster.zones ?? []).join(', '));
    } else {
      parts.set(property, typeof value === 'object' ? canonicalText(value) : String(value));
    }
  }
  return parts;
}
