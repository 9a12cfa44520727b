import { type KubernetesObject, kindKey, type LabelSelectorSpec } from '../../kubernetes/object';
import { listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import type { Component, ReplicaRequirements } from '../plan';
import { componentInterpreters } from './components';
import { type Customization, Customizations, type CustomizedOperation } from './customization';
import { Dependencies, type DependentReference } from './dependencies';
import type { KindInterpreter, StatedReplicas } from './kind-interpreter';
import { evaluateLua, NotDeclarative } from './lua-script';
import { nativeInterpreters } from './native';
import { UnreadableTemplate } from './pod-requirements';
import { thirdPartyInterpreters } from './third-party';

/** Unknown before run time, because a script or a webhook decides it or fails. */
export interface NotStated {
  readonly kind: 'notStated';
  /** A sentence that names the customization. */
  readonly why: string;
}

/** Desired replicas of a template, and the requirements of each. */
export type ReplicaInterpretation = (StatedReplicas & { readonly kind: 'stated' }) | NotStated;

/** The dependencies of a template. */
export type DependencyInterpretation =
  | { readonly kind: 'stated'; readonly references: readonly DependentReference[] }
  | NotStated;

/** A template with another number of replicas. */
export type Revision = { readonly kind: 'stated'; readonly object: KubernetesObject } | NotStated;

/**
 * Reads templates as Karmada's resource interpreter does: by a customization first, then a webhook, then the scripts
 * that Karmada ships for kinds of other projects, then its native interpreters for Kubernetes' kinds.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/interpreter.go
 */
export class Interpreter {
  /** Undefined if there are none, as in most plans: then nothing has to be looked up. */
  readonly #customizations: Customizations | undefined;
  readonly #readsComponents: boolean;

  /**
   * @param state - may contain customizations @default - there are none
   * @param components - whether the feature gate MultiplePodTemplatesScheduling is on @default false
   */
  constructor(state?: ControlPlaneState, { components = false }: { readonly components?: boolean } = {}) {
    const customizations = state && new Customizations(state);
    this.#customizations = customizations?.isEmpty ? undefined : customizations;
    this.#readsComponents = components;
  }

  /** The desired replicas of the template; 0 for kinds without replicas. */
  replicasOf(template: KubernetesObject): ReplicaInterpretation {
    return (this.#readsComponents ? this.#componentsOf(template) : undefined) ?? this.#replicasOf(template);
  }

  /**
   * The components of a template instead of its replicas.
   *
   * @returns undefined for a kind without components
   * @see Karmada v1.18.2 pkg/detector/detector.go, applyReplicaInterpretation
   */
  #componentsOf(template: KubernetesObject): ReplicaInterpretation | undefined {
    const custom = this.#customizations?.of(template, 'componentResource');
    if (custom) return customComponents(custom, template);
    const read = componentInterpreters.get(kindKey(template));
    return read && statedOr(() => ({ replicas: 0, components: read(template) }));
  }

  #replicasOf(template: KubernetesObject): ReplicaInterpretation {
    const custom = this.#customizations?.of(template, 'replicaResource');
    if (custom) return customReplicas(custom, template);
    return statedOr(() => interpreterOf(template)?.replicas?.(template) ?? { replicas: 0 });
  }

  /** The pods of an object: its replicas, or those of all components; undefined if they are not stated. */
  podsOf(object: KubernetesObject): number | undefined {
    const quick = interpreterOf(object)?.revisesSpecReplicas && !this.#customizations?.of(object, 'replicaResource');
    const written = recordOf(object.spec)?.['replicas'];
    if (quick && typeof written === 'number' && Number.isInteger(written)) return written;
    const interpreted = this.replicasOf(object);
    if (interpreted.kind === 'notStated') return undefined;
    const { components, replicas } = interpreted;
    return components ? components.reduce((sum, component) => sum + component.replicas, 0) : replicas;
  }

  /**
   * The objects that the template refers to and that `propagateDeps` propagates with it.
   *
   * @internal
   */
  dependenciesOf(template: KubernetesObject): DependencyInterpretation {
    const custom = this.#customizations?.ofDependencies(template) ?? [];
    if (custom.length > 0) return customDependencies(custom, template);
    const found = new Dependencies(textOf(template.metadata?.namespace));
    interpreterOf(template)?.dependencies?.(template, found);
    return { kind: 'stated', references: found.list() };
  }

  /** Whether Karmada knows how to write another number of replicas into a template of this kind. */
  canRevise(template: KubernetesObject): boolean {
    return (
      this.#customizations?.of(template, 'replicaRevision') !== undefined ||
      interpreterOf(template)?.revise !== undefined
    );
  }

  /** Whether a template revised to any number is read as having this number: native kinds with `spec.replicas`. */
  readsWhatItRevises(template: KubernetesObject): boolean {
    if (interpreterOf(template)?.revisesSpecReplicas !== true) return false;
    if (typeof recordOf(template.spec)?.['replicas'] !== 'number') return false;
    const custom = this.#customizations;
    return !custom?.of(template, 'replicaResource') && !custom?.of(template, 'replicaRevision');
  }

  /** The template with another number of replicas; unchanged if its kind cannot be revised. */
  revise(template: KubernetesObject, replicas: number): Revision {
    const custom = this.#customizations?.of(template, 'replicaRevision');
    if (custom) return customRevision(custom, template, replicas);
    return { kind: 'stated', object: interpreterOf(template)?.revise?.(template, replicas) ?? template };
  }
}

/**
 * Whether the scheduler counts replicas of a template: some are desired, or its pods have requirements.
 *
 * @see Karmada v1.18.2 pkg/scheduler/core/common.go, AssignReplicas
 */
export function isWorkload({ replicas, requirements }: StatedReplicas): boolean {
  return replicas > 0 || requirements !== undefined;
}

function interpreterOf(template: KubernetesObject): KindInterpreter | undefined {
  const key = kindKey(template);
  return thirdPartyInterpreters.get(key) ?? nativeInterpreters.get(key);
}

/** Karmada counts replicas in 32 bits. */
const mostReplicas = 2 ** 31 - 1;

function customReplicas(custom: Customization, template: KubernetesObject): ReplicaInterpretation {
  const evaluated = evaluate(custom, 'replicaResource', 'GetReplicas', [structuredClone(template)]);
  if ('kind' in evaluated) return evaluated;
  const [replicas, requirements] = evaluated.values;
  if (typeof replicas !== 'number' || Number.isNaN(replicas))
    return notStated(custom, 'replicaResource', 'it returns no number');
  if (replicas < 0 || replicas > mostReplicas) return notStated(custom, 'replicaResource', `it returns ${replicas}`);
  const stated = recordOf(requirements) as ReplicaRequirements | undefined;
  return { kind: 'stated', replicas: Math.trunc(replicas), ...(stated && { requirements: stated }) };
}

function customRevision(custom: Customization, template: KubernetesObject, replicas: number): Revision {
  const evaluated = evaluate(custom, 'replicaRevision', 'ReviseReplica', [structuredClone(template), replicas]);
  if ('kind' in evaluated) return evaluated;
  const revised = recordOf(evaluated.values[0]);
  if (!revised) return notStated(custom, 'replicaRevision', 'it returns no object');
  return { kind: 'stated', object: revised as unknown as KubernetesObject };
}

function statedOr(read: () => StatedReplicas): ReplicaInterpretation {
  try {
    return { kind: 'stated', ...read() };
  } catch (error) {
    if (error instanceof UnreadableTemplate) return unreadable(error);
    throw error;
  }
}

function customComponents(custom: Customization, template: KubernetesObject): ReplicaInterpretation {
  const evaluated = evaluate(custom, 'componentResource', 'GetComponents', [structuredClone(template)]);
  if ('kind' in evaluated) return evaluated;
  const components = listOf(evaluated.values[0]).map((component): Component => {
    const { name, replicas, replicaRequirements } = recordOf(component) ?? {};
    const requirements = recordOf(replicaRequirements) as ReplicaRequirements | undefined;
    const count = typeof replicas === 'number' ? Math.trunc(replicas) : 0;
    return { name: textOf(name), replicas: count, ...(requirements && { requirements }) };
  });
  return { kind: 'stated', replicas: 0, components };
}

/** What several customizations name together. */
function customDependencies(customs: readonly Customization[], template: KubernetesObject): DependencyInterpretation {
  const references: DependentReference[] = [];
  for (const custom of customs) {
    const evaluated = evaluate(custom, 'dependencyInterpretation', 'GetDependencies', [structuredClone(template)]);
    if ('kind' in evaluated) return { kind: 'notStated', why: `${custom.by} says what a ${template.kind} depends on` };
    for (const reference of listOf(evaluated.values[0])) {
      const { apiVersion, kind, namespace, name, labelSelector } = recordOf(reference) ?? {};
      if (textOf(kind) === '') continue;
      references.push({
        apiVersion: textOf(apiVersion),
        kind: textOf(kind),
        namespace: textOf(namespace),
        ...(textOf(name) !== '' && { name: textOf(name) }),
        ...(recordOf(labelSelector) && { labelSelector: labelSelector as LabelSelectorSpec }),
      });
    }
  }
  return { kind: 'stated', references };
}

function evaluate(
  custom: Customization,
  operation: CustomizedOperation,
  name: string,
  args: readonly unknown[],
): { readonly values: readonly unknown[] } | NotStated {
  if (custom.type === 'webhook') return notStated(custom, operation, 'a webhook decides');
  try {
    return { values: evaluateLua(custom.parsed(), name, args) };
  } catch (error) {
    if (error instanceof UnreadableTemplate) return unreadable(error);
    if (error instanceof NotDeclarative) return notStated(custom, operation, error.message);
    if (error instanceof RangeError) return notStated(custom, operation, 'its script is nested too deeply');
    if (error instanceof SyntaxError) return notStated(custom, operation, 'its script does not parse');
    throw error;
  }
}

const operationWords: Readonly<Record<CustomizedOperation, string>> = {
  replicaResource: 'how many replicas it has',
  componentResource: 'which components it has',
  replicaRevision: 'how its replicas are written',
  dependencyInterpretation: 'what it depends on',
};

function notStated({ by }: Customization, operation: CustomizedOperation, why: string): NotStated {
  return { kind: 'notStated', why: `${by} decides ${operationWords[operation]} (${why})` };
}

function unreadable(error: UnreadableTemplate): NotStated {
  return { kind: 'notStated', why: `Karmada fails to read its replicas: ${error.message}` };
}
