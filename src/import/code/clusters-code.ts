import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import { canonicalText, listOf } from '../../kubernetes/plain-data';
import type { Clusters } from '../../model/clusters';
import type { Fleet } from '../../model/fleet';
import { Chain, type LiteralValue } from '../print-typescript';
import { firstExact, type Names } from './evaluate';

/** Clusters as code. */
export interface ClustersCode {
  /** `fleet.in('member1')`, `Clusters.where({ region: 'eu' })`. */
  readonly code: LiteralValue;
  /** Their names, if they are selected by name and nothing else. */
  readonly names?: readonly string[];
}

/** What code needs to know of the fleet: names that are in it are written with it, so that they are types. */
export interface CodeContext {
  readonly fleet: Fleet | undefined;
  readonly names: Names;
}

/** `fleet` where it has all of these clusters, else a class of the package. */
export function rootFor(clusters: readonly string[], { fleet }: CodeContext, otherwise: string): string {
  return fleet !== undefined && clusters.every((name) => fleet.has(name)) ? 'fleet' : otherwise;
}

/** The code of a ClusterAffinity; undefined if no factory makes exactly this one. */
export function clustersCode(spec: ClusterAffinitySpec, context: CodeContext): ClustersCode | undefined {
  const names = listOf<string>(spec.clusterNames);
  const excluded = listOf<string>(spec.exclude);
  const root = rootFor([...names, ...excluded], context, 'Clusters');
  const wanted = canonicalText(spec);
  const code = firstExact<Clusters>(
    [chainOf(spec, names, excluded, root), Chain.on('Clusters', 'fromSpec', spec as LiteralValue)],
    context.names,
    (clusters) => canonicalText(clusters.toSpec()) === wanted,
  );
  if (code === undefined) return undefined;
  const byName = Object.keys(spec).join() === 'clusterNames' && names.length > 0;
  return { code, ...(byName && { names }) };
}

function chainOf(
  spec: ClusterAffinitySpec,
  names: readonly string[],
  excluded: readonly string[],
  root: string,
): Chain | undefined {
  const conditions = conditionsOf(spec);
  if (conditions === undefined) return undefined;
  const hasConditions = Object.keys(conditions).length > 0;
  if (names.length === 0 && !hasConditions) {
    return excluded.length > 0 ? Chain.on(root, 'except', ...excluded) : Chain.on(root, 'all');
  }
  const chosen = names.length > 0 ? Chain.on(root, 'in', ...names) : Chain.on(root, 'where', conditions);
  const narrowed = names.length > 0 && hasConditions ? chosen.call('where', conditions) : chosen;
  return excluded.length > 0 ? narrowed.call('except', ...excluded) : narrowed;
}

type Conditions = { readonly [key: string]: LiteralValue };

/** The selectors as conditions of `where`; undefined for those that it cannot state. */
function conditionsOf({ labelSelector, fieldSelector }: ClusterAffinitySpec): Conditions | undefined {
  const labels = labelConditions(labelSelector);
  if (labels === undefined) return undefined;
  const fields: Record<string, LiteralValue> = {};
  for (const { key, operator, values } of listOf<Requirement>(fieldSelector?.matchExpressions)) {
    if (Object.hasOwn(fields, key)) return undefined;
    const condition = conditionOf(operator, listOf(values));
    if (condition === undefined) return undefined;
    fields[key] = operator === 'In' && listOf(values).length === 1 ? listOf<string>(values)[0]! : condition;
  }
  return { ...(Object.keys(labels).length > 0 && { labels }), ...fields };
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** A label selector as conditions by label; undefined for one that they cannot state. */
export function labelConditions(
  selector: { readonly matchLabels?: object; readonly matchExpressions?: readonly Requirement[] } | undefined,
): Conditions | undefined {
  const labels: Record<string, LiteralValue> = { ...(selector?.matchLabels as Record<string, string> | undefined) };
  for (const { key, operator, values } of listOf<Requirement>(selector?.matchExpressions)) {
    const condition = conditionOf(operator, listOf(values));
    if (condition === undefined || Object.hasOwn(labels, key)) return undefined;
    labels[key] = condition;
  }
  return labels;
}

function conditionOf(operator: string, values: readonly string[]): LiteralValue | undefined {
  if (operator === 'In') return { in: values };
  if (operator === 'NotIn') return { notIn: values };
  if (operator === 'Exists') return { exists: true };
  return operator === 'DoesNotExist' ? { exists: false } : undefined;
}
