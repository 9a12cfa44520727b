import type { KubernetesObject } from '../../kubernetes/object';
import type { Component, ReplicaRequirements } from '../plan';
import type { Dependencies } from './dependencies';

/** Replicas of a template and the requirements of each. */
export interface StatedReplicas {
  readonly replicas: number;
  readonly requirements?: ReplicaRequirements | undefined;
  /**
   * The parts of a workload with several pod templates, which is scheduled as one and then states no replicas.
   *
   * @default - it has one pod template, or the feature gate MultiplePodTemplatesScheduling is off
   */
  readonly components?: readonly Component[];
}

/** How Karmada interprets one kind; each part may be missing. */
export interface KindInterpreter {
  /**
   * Desired replicas. @default - the kind has none
   * @throws UnreadableTemplate when Karmada would fail to read them
   */
  readonly replicas?: (template: KubernetesObject) => StatedReplicas;
  /** The same template with another number of replicas. @default - the kind cannot be revised */
  readonly revise?: (template: KubernetesObject, replicas: number) => KubernetesObject;
  /** Whether `replicas` and `revise` read and write `spec.replicas`, and nothing else. @default false */
  readonly revisesSpecReplicas?: boolean;
  /** Adds the references of the template. @default - none are followed */
  readonly dependencies?: (template: KubernetesObject, found: Dependencies) => void;
}

/** Interpreters by `apiVersion Kind`, as `kindKey` writes it. */
export type KindInterpreters = ReadonlyMap<string, KindInterpreter>;
