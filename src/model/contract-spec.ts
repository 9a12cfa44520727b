import type { ClusterAffinitySpec } from '../karmada/policy-spec';
import type { LabelSelectorRequirementSpec } from '../kubernetes/object';
import { counted, joinWords } from '../problem/words';

/** Clusters that fail, or are counted, together. A cluster belongs to several zones if it has several. */
export type ContractGroup = 'cluster' | 'region' | 'provider' | 'zone';

export const contractGroups: readonly ContractGroup[] = ['cluster', 'region', 'provider', 'zone'];

/**
 * What the loss of a cluster means. `lost`: Karmada's default; its replicas are gone and nothing moves. `evicted`: with
 * cluster failover; after the replicas moved. `unjoined`: after an administrator removed the cluster.
 */
export type LossMode = 'lost' | 'evicted' | 'unjoined';

export const lossModes: readonly LossMode[] = ['lost', 'evicted', 'unjoined'];

/**
 * A subject as data: a name, or the path of a construct. Where the constructs are not known, `templates` has the objects below it:
 * `Kind.group/namespace/name`.
 */
export type ContractTarget =
  | { readonly name: string }
  | { readonly construct: string; readonly templates?: readonly string[] };

/** A contract as data. */
export type ContractSpec = { readonly on: ContractTarget } & (
  | {
      readonly kind: 'keeps';
      /** At least this number of replicas; or the share of the replicas before the loss, above 0 and at most 1. */
      readonly replicas: number | { readonly share: number };
      /** Any single one of these groups; or these clusters at once, by name or as `region=eu`. */
      readonly losing: ContractGroup | readonly string[];
      readonly mode: LossMode;
    }
  | { readonly kind: 'only'; readonly clusters: ClusterAffinitySpec }
  | { readonly kind: 'apartFrom' | 'togetherWith'; readonly other: ContractTarget; readonly by: ContractGroup }
  | { readonly kind: 'atMost' | 'maxSkew'; readonly replicas: number; readonly by: ContractGroup }
);

/** A contract in words: `Deployment/pipy keeps 2 replicas when any cluster is lost`. */
export function contractText(spec: ContractSpec): string {
  const on = targetText(spec.on);
  switch (spec.kind) {
    case 'keeps':
      return `${on} keeps ${amountText(spec.replicas)} when ${lossText(spec.losing)} ${spec.mode}`;
    case 'only':
      return `${on} runs only in ${affinityText(spec.clusters)}`;
    case 'apartFrom':
      return `${on} shares no ${spec.by} with ${targetText(spec.other)}`;
    case 'togetherWith':
      return `${on} runs only in a ${spec.by} with ${targetText(spec.other)}`;
    case 'atMost':
      return `${on} has at most ${counted(spec.replicas, 'replica')} in a ${spec.by}`;
    case 'maxSkew':
      return `${on} differs by at most ${counted(spec.replicas, 'replica')} between ${spec.by}s`;
    default:
      return spec satisfies never;
  }
}

/** A subject in words. */
export function targetText(target: ContractTarget): string {
  return 'name' in target ? target.name : target.construct;
}

function amountText(replicas: number | { readonly share: number }): string {
  return typeof replicas === 'number' ? counted(replicas, 'replica') : `${Math.round(replicas.share * 1000) / 10}%`;
}

function lossText(losing: ContractGroup | readonly string[]): string {
  if (typeof losing === 'string') return `any ${losing} is`;
  return `${joinWords(losing, 'and')} ${losing.length === 1 ? 'is' : 'are'}`;
}

function affinityText({ clusterNames, exclude, labelSelector, fieldSelector }: ClusterAffinitySpec): string {
  const conditions = [
    ...Object.entries(labelSelector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...[...(labelSelector?.matchExpressions ?? []), ...(fieldSelector?.matchExpressions ?? [])].map(requirementText),
    ...(exclude ? [`except ${joinWords(exclude, 'and')}`] : []),
  ];
  return [
    clusterNames ? joinWords(clusterNames, 'and') : 'clusters',
    ...(conditions.length > 0 ? [`with ${conditions.join(', ')}`] : []),
  ].join(' ');
}

function requirementText({ key, operator, values = [] }: LabelSelectorRequirementSpec): string {
  if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`;
  return `${key} ${operator}${values.length > 0 ? ` ${joinWords(values, 'or')}` : ''}`;
}
