import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';
import type { PropagationPolicy } from '../control-plane-state/policy';
import type { Outcome, Replicas, TieBreak } from '../outcome';
import type { LosingPolicy, ReplicaRequirements } from '../plan';
import type { CurrentBinding } from './current-bindings';
import type { SchedulingRequest } from './scheduler';

/** What the planner decides about a template. The plan of the template adds the templates that bring it along. */
export interface TemplateDecision {
  readonly key: string;
  readonly manifest: Manifest;
  /** The object with the numbers that the API server fills in. */
  readonly template: KubernetesObject;
  readonly policy: PropagationPolicy | undefined;
  /** Computed when asked for: few look at them. */
  readonly losers: () => readonly LosingPolicy[];
  readonly takenBy: string | undefined;
  readonly replicas: number | undefined;
  readonly countsReplicas: boolean;
  readonly divided: boolean;
  readonly requirements: ReplicaRequirements | undefined;
  /** The question that was put to the scheduler; undefined where it was not asked. */
  readonly request: SchedulingRequest | undefined;
  readonly affinityTerm: string | undefined;
  /** Its own scheduling; where nothing claims it, an `unmatched` that is not the last word. */
  readonly scheduled: Outcome;
  readonly claimed: boolean;
  readonly tie: TieBreak | undefined;
  /** Whether it brings its dependencies along. */
  readonly propagatesDependencies: boolean;
  readonly notes: () => readonly string[];
}

/** A template that is decided about. */
export type Subject = Pick<TemplateDecision, 'key' | 'manifest' | 'template' | 'tie'> & {
  readonly current: CurrentBinding | undefined;
};

const noPolicies = (): readonly LosingPolicy[] => [];
const noNotes = (): readonly string[] => [];

/** The decision about a template that is claimed and counts no replicas. */
export function decisionOf({ key, manifest, template, tie }: Subject, scheduled: Outcome): TemplateDecision {
  return {
    key,
    manifest,
    template,
    tie,
    scheduled,
    claimed: true,
    policy: undefined,
    losers: noPolicies,
    takenBy: undefined,
    replicas: 0,
    countsReplicas: false,
    divided: false,
    requirements: undefined,
    request: undefined,
    affinityTerm: undefined,
    propagatesDependencies: false,
    notes: noNotes,
  };
}

/** The decision about a template that no policy claims. */
export function unclaimed(subject: Subject, why: string, kept: Replicas): TemplateDecision {
  return { ...decisionOf(subject, { kind: 'unmatched', why, kept }), claimed: false };
}

/**
 * A key for each object: `Kind/namespace/name`; with the API group, `Kind.group/namespace/name`, where objects of two
 * groups would have the same.
 *
 * @returns keys in the order of the objects, each once
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
  return objects.map(({ apiVersion, kind }, index) => {
    const key = plain[index] as string;
    const group = apiGroup(apiVersion);
    if (group === '' || (groups.get(key)?.size ?? 1) < 2) return key;
    return `${kind}.${group}${key.slice(kind.length)}`;
  });
}
