import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import {
  checkValue,
  either,
  kindOf,
  listOf,
  mapOf,
  name,
  objectOf,
  objectWith,
  type Shape,
  text,
  type ValueKind,
} from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { constructError, constructName } from './construct-error';

/**
 * Rejects unknown props of a construct, and props of a wrong kind.
 *
 * @throws ModelError `property.…`, `number.range`
 */
export function checkProps(construct: IConstruct, props: unknown, kind: ValueKind): void {
  checkValue(props, kind, () => constructName(construct));
}

/** The kind of the props of a construct. */
export function propsOf(shape: Shape): ValueKind {
  return objectOf(shape);
}

/** A value that cdk8s produces at synthesis. */
const token = kindOf(
  'text',
  'write it in quotes',
  (value) => isRecord(value) && ('produce' in value || 'resolve' in value),
);

const textOrToken = either(token, text);

/** Labels, annotations and the other metadata of an object. */
export const metadata = objectWith({
  name: text,
  namespace: text,
  labels: mapOf(textOrToken, '{ tier: "gold" }'),
  annotations: mapOf(textOrToken, '{ owner: "web-team" }'),
  finalizers: listOf(name),
  ownerReferences: listOf(objectWith({ apiVersion: name, kind: name, name, uid: name })),
});

/** A Duration of cdk8s, of any version. */
export const duration: ValueKind = (value) => {
  if (isRecord(value) && typeof value['toMilliseconds'] === 'function') return undefined;
  return {
    path: '',
    code: 'duration.type',
    problem: `must be a Duration of cdk8s, got ${quoted(value)}`,
    fix: `write Duration.seconds(${typeof value === 'number' ? value : 300})`,
  };
};

/** A construct, or a plain object that names one: `checkReference` looks closer. */
export const resource = kindOf(
  'a Kubernetes object',
  'pass the object itself, or give its apiVersion, kind and name',
  (value) => Construct.isConstruct(value) || isRecord(value),
);

/**
 * The scope and id of a new construct.
 *
 * @throws ModelError `construct.scope`, `construct.id`
 */
export function placeOf(scope: Construct, id: string, type: { readonly name: string }): [Construct, string] {
  if (!Construct.isConstruct(scope)) {
    throw new ModelError(`${type.name} ${quoted(id)}: its scope must be a construct, got ${quoted(scope)}`, {
      code: 'construct.scope',
      fix: `create it in a chart: new ${type.name}(chart, 'name', { … })`,
    });
  }
  if (typeof id !== 'string' || id === '') {
    throw new ModelError(`${type.name} under "${scope.node.path}": its id must be text, got ${quoted(id)}`, {
      code: 'construct.id',
      fix: `give it a name of its own: new ${type.name}(chart, 'name', { … })`,
    });
  }
  return [scope, id];
}

/**
 * Rejects a construct without a chart, whose objects cdk8s cannot write.
 *
 * @throws ModelError `construct.chart`
 */
export function checkChart(construct: Construct): void {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    if (Chart.isChart(scope)) return;
  }
  throw constructError(construct, {
    code: 'construct.chart',
    message: 'it is not in a Chart',
    why: 'cdk8s writes the objects of each chart into a file, and other objects nowhere',
    fix: `create it in one: new ${construct.constructor.name}(new Chart(app, 'shop'), '${construct.node.id}', { … })`,
  });
}
