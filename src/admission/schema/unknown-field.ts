import { type KarmadaVersion, karmadaVersions } from '../../karmada/release';
import { type FieldSteps, fieldPath } from '../../kubernetes/field-path';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords, nearMiss } from '../../problem/words';
import type { Cause } from '../cause';
import type { CheckedObject } from './checked-object';
import { karmadaKind, propertySchema, type SchemaNode } from './tables';
import type { SchemaProblem } from './validator';

/**
 * An unknown field, with what was probably meant: a similar name, the same name elsewhere in the object, or a field of another
 * Karmada release.
 */
export function explainUnknownField(steps: FieldSteps, problem: SchemaProblem, checked: CheckedObject): Cause {
  const name = String(steps[steps.length - 1]);
  const cause = { code: 'unknown-field', layer: 'schema', path: fieldPath(steps) } as const;
  const since = karmadaVersions.find((karmada) => karmada !== checked.karmada && hasField(steps, checked, karmada));
  if (since) {
    return {
      ...cause,
      message: `unknown field "${name}" in Karmada ${checked.karmada}; Karmada ${since} has it`,
      fix: `remove it, or model Karmada ${since}`,
    };
  }
  const known = Object.keys((problem.parentSchema?.['properties'] as object | undefined) ?? {});
  const meant = nearMiss(name, known);
  const elsewhere = placeOf(name, steps, checked);
  const holder = meant === undefined ? holderOf(name, steps, problem, checked) : undefined;
  if (holder !== undefined) {
    const where = fieldPath([...steps.slice(0, -1), holder, name]);
    return { ...cause, message: `unknown field "${name}" here; it belongs to ${where}`, fix: `move it to ${where}` };
  }
  // The same name one level away is more likely than a similar name here.
  if (elsewhere && (meant === undefined || elsewhere.distance <= 2)) {
    const { place } = elsewhere;
    return { ...cause, message: `unknown field "${name}" here; it belongs to ${place}`, fix: `move it to ${place}` };
  }
  if (meant !== undefined) {
    const message = `unknown field "${name}", did you mean "${meant}"?`;
    return { ...cause, message, fix: `write ${meant} in place of ${name}` };
  }
  const fix = known.length === 0 ? 'remove it' : `remove it, or use one of ${joinWords(known)}`;
  return { ...cause, message: `unknown field "${name}"`, fix };
}

/** The neighbour of an unknown field that holds a field of this name: of two selectors, the one that the keys are of. */
function holderOf(name: string, steps: FieldSteps, problem: SchemaProblem, checked: CheckedObject): string | undefined {
  const parent = nodeAt(steps.slice(0, -1), checked.definition.schema);
  const holders = Object.entries(parent?.properties ?? {})
    .filter(([, node]) => Object.hasOwn(node.properties ?? {}, name))
    .map(([property]) => property);
  if (holders.length < 2) return holders[0];
  if (!holders.includes('labelSelector')) return undefined;
  const keys = listOf(fieldAt(problem.data, name)).map((item) => textOf(fieldAt(item, 'key')));
  const ofCluster = keys.length > 0 && keys.every((key) => ['provider', 'region', 'zone'].includes(key));
  return ofCluster && holders.includes('fieldSelector') ? 'fieldSelector' : 'labelSelector';
}

function hasField(steps: FieldSteps, { definition }: CheckedObject, karmada: KarmadaVersion): boolean {
  const other = karmadaKind(definition.apiVersion, definition.kind, karmada);
  return nodeAt(steps, other?.schema) !== undefined;
}

/** The schema of a field, from that of its object. */
function nodeAt(steps: FieldSteps, root: SchemaNode | undefined): SchemaNode | undefined {
  let node = root;
  for (const step of steps) {
    if (!node) return undefined;
    node = typeof step === 'number' ? node.items : propertySchema(node, step);
  }
  return node;
}

/** A field of the schema, and its distance in levels from the unknown field. */
interface Place {
  readonly place: string;
  readonly distance: number;
}

/**
 * The nearest field of the schema with this name; undefined if there is none or several are equally near.
 */
function placeOf(name: string, steps: FieldSteps, { definition }: CheckedObject): Place | undefined {
  const here = steps.filter((step): step is string => typeof step === 'string').slice(0, -1);
  const places = placesWithin(definition.schema, name, []).filter((place) => place[0] !== 'status');
  const distances = places.map((place) => {
    const shared = place.findIndex((step, index) => step.replace('[]', '') !== here[index]);
    return here.length + place.length - 2 * (shared < 0 ? place.length : shared);
  });
  const nearest = Math.min(...distances);
  const nearby = places.filter((_, index) => distances[index] === nearest);
  // Of the lists of containers in a pod, the one that every pod has is meant.
  const inContainers = nearby.filter((place) => place.includes('containers[]'));
  const [place, ...others] = nearby.length > 1 && inContainers.length === 1 ? inContainers : nearby;
  return place && others.length === 0 ? { place: place.join('.'), distance: nearest } : undefined;
}

/** @param above - the schemas that contain this one; a schema within itself is not followed */
function placesWithin(
  node: SchemaNode,
  name: string,
  path: readonly string[],
  above: readonly SchemaNode[] = [],
): (readonly string[])[] {
  const places: (readonly string[])[] = [];
  const within = [...above, node];
  for (const [property, child] of Object.entries(node.properties ?? {})) {
    const { items } = child;
    if (property === name && path.length > 0) places.push([...path, property]);
    const inner = items ?? child;
    if (within.includes(inner)) continue;
    places.push(...placesWithin(inner, name, [...path, items ? `${property}[]` : property], within));
  }
  return places;
}
