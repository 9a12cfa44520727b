import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import type { PropagationPolicy } from '../control-plane-state/policy';
import { type Outcome, type Replicas, replicasOf, type TieBreak } from '../outcome';
import type { Component, LosingPolicy, ReplicaRequirements, SchedulingLook } from '../plan';
import type { CurrentBinding } from './current-bindings';
import type { CapacityUse, SchedulingRequest } from './scheduler';
import type { TemplateToSchedule } from './template-scheduling';

/** The decision about a template by itself. The template plan adds the templates that require it. */
export interface TemplateDecision {
  readonly key: string;
  readonly manifest: Manifest;
  /** The object with the defaults of the API server. */
  readonly template: KubernetesObject;
  readonly policy: PropagationPolicy | undefined;
  /** Computed on demand. */
  readonly losers: () => readonly LosingPolicy[];
  readonly takenBy: string | undefined;
  readonly replicas: number | undefined;
  readonly countsReplicas: boolean;
  readonly divided: boolean;
  readonly requirements: ReplicaRequirements | undefined;
  readonly components: readonly Component[] | undefined;
  /** The request to the scheduler; undefined if there was none. */
  readonly request: SchedulingRequest | undefined;
  /** What was scheduled, to schedule it with other replicas; undefined if the scheduler alone does not decide. */
  readonly question: TemplateToSchedule | undefined;
  readonly affinityTerm: string | undefined;
  /** How free capacity affects the result. @default - it does not, or it is unknown */
  readonly capacity?: CapacityUse | undefined;
  /** What the scheduler put into the current binding; undefined if no binding is known. */
  readonly current: Replicas | undefined;
  /** What the scheduler does with the current binding; undefined if no binding is known. */
  readonly look: SchedulingLook | undefined;
  /** The result of its own scheduling; `unmatched` if nothing claims it, although other templates may require it. */
  readonly scheduled: Outcome;
  readonly claimed: boolean;
  readonly tie: TieBreak | undefined;
  /** Whether its dependencies are propagated. */
  readonly propagatesDependencies: boolean;
  readonly notes: () => readonly string[];
}

/** The template that a decision is about. */
export type Subject = Pick<TemplateDecision, 'key' | 'manifest' | 'template' | 'tie'> & {
  readonly current: CurrentBinding | undefined;
};

/** A decision that is being made. */
export type OpenDecision = { -readonly [Field in keyof TemplateDecision]: TemplateDecision[Field] };

const noPolicies = (): readonly LosingPolicy[] => [];
const noNotes = (): readonly string[] => [];

/** The decision about a claimed template without replicas. */
export function decisionOf({ key, manifest, template, tie, current }: Subject, scheduled: Outcome): OpenDecision {
  return {
    key,
    manifest,
    template,
    tie,
    current: current && replicasOf(current.clusters),
    scheduled,
    claimed: true,
    policy: undefined,
    losers: noPolicies,
    takenBy: undefined,
    replicas: 0,
    countsReplicas: false,
    divided: false,
    requirements: undefined,
    components: undefined,
    request: undefined,
    question: undefined,
    affinityTerm: undefined,
    capacity: undefined,
    look: undefined,
    propagatesDependencies: false,
    notes: noNotes,
  };
}

/** The decision about a template that no policy claims. */
export function unclaimed(subject: Subject, why: string, kept: Replicas): TemplateDecision {
  return { ...decisionOf(subject, { kind: 'unmatched', why, kept }), claimed: false };
}

/**
 * A key for each object: `Kind/namespace/name`, or `Kind.group/namespace/name` if objects of two API groups would have
 * the same key. Objects whose names are generated from the same prefix are numbered: `Job/default/once-*`, then
 * `Job/default/once-*#2`.
 *
 * @returns unique keys in the order of the objects
 */
export function templateKeys(objects: readonly KubernetesObject[]): readonly string[] {
  const plain = objects.map(objectKey);
  const groups = new Map<string, Set<string>>();
  objects.forEach(({ apiVersion }, index) => {
    const key = plain[index] as string;
    const known = groups.get(key);
    if (known) known.add(apiGroup(apiVersion));
    else groups.set(key, new Set([apiGroup(apiVersion)]));
  });
  const unnamed = new Map<string, number>();
  return objects.map(({ apiVersion, kind, metadata }, index) => {
    const key = plain[index] as string;
    const group = apiGroup(apiVersion);
    const alone = group === '' || (groups.get(key)?.size ?? 1) < 2;
    const complete = alone ? key : `${kind}.${group}${key.slice(kind.length)}`;
    if (textOf(metadata?.name) !== '') return complete;
    const count = (unnamed.get(complete) ?? 0) + 1;
    unnamed.set(complete, count);
    return count === 1 ? complete : `${complete}#${count}`;
  });
}
