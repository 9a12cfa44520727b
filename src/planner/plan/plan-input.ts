import type { Manifest } from '../../kubernetes/manifest';
import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf } from '../../kubernetes/plain-data';
import { ModelError } from '../../problem/model-error';

/** A construct tree, recognised by its shape: `node.findAll()` lists constructs, of which those with `kind` and `toJson()` are objects. */
export interface ConstructLike {
  readonly node: { findAll(): readonly unknown[] };
}

/** What can be planned: a cdk8s app or chart, manifests as read, plain objects, or any mix. */
export type PlanInput = ConstructLike | readonly (Manifest | KubernetesObject | ConstructLike)[];

/**
 * The manifests in what the caller hands over, in its order.
 *
 * @throws ModelError `plan.input` for anything that is none of these
 */
export function manifestsOf(what: PlanInput): readonly Manifest[] {
  if (isConstruct(what)) return manifestsIn(what);
  if (!Array.isArray(what)) throw notPlannable(what);
  return (what as readonly unknown[]).flatMap((item, index): readonly Manifest[] => {
    if (isManifest(item)) return [item];
    if (isConstruct(item)) return manifestsIn(item);
    if (recordOf(item)) return [{ object: item as KubernetesObject, origin: { type: 'memory', index } }];
    throw notPlannable(item);
  });
}

/** Objects and constructs both have fields of their own choosing, so the shape has to be whole. */
function isConstruct(value: unknown): value is ConstructLike {
  const node = (value as Partial<ConstructLike> | null | undefined)?.node;
  return typeof node === 'object' && node !== null && typeof node.findAll === 'function';
}

function isManifest(value: unknown): value is Manifest {
  const record = recordOf(value);
  return recordOf(record?.['object']) !== undefined && recordOf(record?.['origin']) !== undefined;
}

function manifestsIn(root: ConstructLike): readonly Manifest[] {
  const manifests: Manifest[] = [];
  for (const construct of root.node.findAll()) {
    const { toJson, kind, node } = construct as { toJson?: unknown; kind?: unknown; node?: { path?: unknown } };
    // A chart has a `toJson()` too: it lists the objects below it, and resolves the whole app each time.
    if (typeof toJson !== 'function' || typeof kind !== 'string') continue;
    const object = toJson.call(construct) as KubernetesObject;
    manifests.push({ object, origin: { type: 'construct', construct: String(node?.path ?? '') } });
  }
  return manifests;
}

function notPlannable(value: unknown): ModelError {
  return new ModelError(`a plan is made of objects and constructs, got ${value === null ? 'null' : typeof value}`, {
    code: 'plan.input',
    fix: 'hand over a cdk8s app, or a list of Kubernetes objects or manifests',
  });
}
