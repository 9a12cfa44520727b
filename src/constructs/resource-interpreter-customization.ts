import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { checkProperties } from '../problem/check-properties';
import { anything, isName, type ShapeOf } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { authoredObject } from './authored-object';
import { constructError, constructName } from './construct-error';
import { checkProps, metadata, placeOf, propsOf } from './props';

/** A kind of resource; any `ApiObject` of that kind is accepted. */
export interface InterpretedKind {
  /** Such as `example.com/v1`. */
  readonly apiVersion: string;
  /** Such as `Queue`. */
  readonly kind: string;
}

/** Scripts in Lua, each of which defines one function. */
export interface InterpreterScripts {
  /** Retains fields that a cluster changed: `Retain(desired, observed)`. @default - as Karmada does for the kind */
  readonly retention?: string;
  /** Replicas and the requests of each: `GetReplicas(obj)`. @default - as Karmada does for the kind */
  readonly replicaResource?: string;
  /** Sets the replicas of a cluster: `ReviseReplica(obj, replica)`. @default - as Karmada does for the kind */
  readonly replicaRevision?: string;
  /** Components and the requests of each: `GetComponents(obj)`. @default - as Karmada does for the kind */
  readonly componentResource?: string;
  /** The part of the status that is collected: `ReflectStatus(obj)`. @default - all of it */
  readonly statusReflection?: string;
  /** Merges the collected status into the template: `AggregateStatus(obj, items)`. @default - as Karmada does for the kind */
  readonly statusAggregation?: string;
  /** Whether the object is healthy: `InterpretHealth(obj)`. @default - as Karmada does for the kind */
  readonly healthInterpretation?: string;
  /** The objects that it refers to: `GetDependencies(obj)`. @default - as Karmada does for the kind */
  readonly dependencyInterpretation?: string;
}

/** Props of {@link ResourceInterpreterCustomization}. */
export interface ResourceInterpreterCustomizationProps {
  /** Name, labels, annotations. @default - the construct id as name */
  readonly metadata?: ApiObjectMetadata;
  /** The kind to interpret: its apiVersion and kind, or any object of it. */
  readonly target: InterpretedKind;
  /** The scripts, at least one. Each overrides Karmada's built-in interpreters and webhooks for its operation. */
  readonly customizations: InterpreterScripts;
}

/**
 * Interprets a kind of resource for Karmada with Lua scripts: its replicas, its health, its dependencies.
 *
 * @example
 * ```ts
 * new ResourceInterpreterCustomization(chart, 'rollout', {
 *   target: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' },
 *   customizations: { replicaRevision: 'function ReviseReplica(obj, replica) obj.spec.replicas = replica return obj end' },
 * })
 * ```
 * @see Karmada v1.18.2 pkg/apis/config/v1alpha1/resourceinterpretercustomization_types.go
 */
export class ResourceInterpreterCustomization extends Construct {
  readonly apiVersion = 'config.karmada.io/v1alpha1';
  readonly kind = 'ResourceInterpreterCustomization';
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `interpreter.target`, `interpreter.script`, `object.name` */
  constructor(scope: Construct, id: string, props: ResourceInterpreterCustomizationProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { target, customizations } = props;
    this.#checkTarget(target);
    this.#checkScripts(customizations);
    const { apiVersion, kind } = target;
    const scripts = Object.entries(customizations).filter(([, luaScript]) => luaScript !== undefined);
    const spec = {
      target: { apiVersion, kind },
      customizations: Object.fromEntries(scripts.map(([operation, luaScript]) => [operation, { luaScript }])),
    };
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      fields: { spec },
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  #checkTarget(target: InterpretedKind): void {
    if (!Construct.isConstruct(target))
      checkProperties(target, ['apiVersion', 'kind'], `target of ${constructName(this)}`);
    const missing = (['apiVersion', 'kind'] as const).find((field) => !isName(target[field]));
    if (missing === undefined) return;
    throw constructError(this, {
      code: 'interpreter.target',
      message: `target has the ${missing} ${quoted(target[missing])}`,
      why: 'Karmada would not know which objects the scripts are for',
      fix: `give the ${missing} of the kind`,
    });
  }

  #checkScripts(scripts: InterpreterScripts): void {
    checkProperties(scripts, operations, `customizations of ${constructName(this)}`);
    const given = Object.entries(scripts).filter(([, script]) => script !== undefined);
    const wrong = given.find(([, script]) => typeof script !== 'string' || script.trim() === '');
    if (given.length > 0 && wrong === undefined) return;
    throw constructError(this, {
      code: 'interpreter.script',
      message: wrong ? `the script for ${wrong[0]} is ${quoted(wrong[1])}` : 'it has no script',
      why: 'it would have no effect',
      fix: 'give the text of a script in Lua, which may be read from a file',
    });
  }
}

const propsKind = propsOf({
  target: anything,
  customizations: anything,
  metadata,
} satisfies ShapeOf<ResourceInterpreterCustomizationProps>);

const operations = Object.keys({
  retention: true,
  replicaResource: true,
  replicaRevision: true,
  componentResource: true,
  statusReflection: true,
  statusAggregation: true,
  healthInterpretation: true,
  dependencyInterpretation: true,
} satisfies Record<keyof InterpreterScripts, true>);
