import type { KubernetesObject } from '../../kubernetes/object';
import type { ReplicaRequirements } from '../plan';
import type { Dependencies } from './dependencies';

/** Replicas of a template and what each of them asks for. */
export interface StatedReplicas {
  readonly replicas: number;
  readonly requirements?: ReplicaRequirements | undefined;
}

/** What Karmada knows about one kind; each part may be missing. */
export interface KindInterpreter {
  /**
   * Desired replicas. @default - the kind counts none
   * @throws UnreadableTemplate when Karmada would fail to read them
   */
  readonly replicas?: (template: KubernetesObject) => StatedReplicas;
  /** The same template with another number of replicas. @default - the kind cannot be revised */
  readonly revise?: (template: KubernetesObject, replicas: number) => KubernetesObject;
  /** Adds what the template refers to. @default - nothing is followed */
  readonly dependencies?: (template: KubernetesObject, found: Dependencies) => void;
}

/** Interpreters by `apiVersion Kind`, as `kindKey` writes it. */
export type KindInterpreters = ReadonlyMap<string, KindInterpreter>;
