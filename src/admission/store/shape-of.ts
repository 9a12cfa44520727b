import { type KindDefinition, type SchemaNode, valueSchema } from '../schema/tables';
import { objectMeta } from './metadata-shape';
import {
  boolean,
  type FieldShape,
  int32,
  int64,
  json,
  list,
  map,
  optional,
  quantity,
  type Shape,
  type StructShape,
  string,
  struct,
  time,
} from './shape';

/**
 * How Go encodes an unset field, by owner and name, if the schema does not show it. A required field is always written, but a
 * pointer to a scalar and a struct that is not a pointer look like any other optional field in the schema.
 * Only kinds with a mutating webhook need entries here.
 */
const presences: Readonly<Record<string, FieldShape['presence']>> = {
  'spec.placement': 'optional',
  'spec.priority': 'pointer',
  'spec.preserveResourcesOnDeletion': 'pointer',
  'suspension.dispatching': 'pointer',
  'decisionConditions.tolerationSeconds': 'pointer',
  'application.gracePeriodSeconds': 'pointer',
  'clusterTolerations.tolerationSeconds': 'pointer',
  'spec.overriders': 'always',
  'spec.minReplicas': 'pointer',
  ...Object.fromEntries(
    ['scaleUp', 'scaleDown'].flatMap((rules) =>
      ['selectPolicy', 'stabilizationWindowSeconds', 'tolerance'].map((field) => [`${rules}.${field}`, 'pointer']),
    ),
  ),
  'target.averageUtilization': 'pointer',
  'target.averageValue': 'pointer',
  'target.value': 'pointer',
  'FederatedHPA.status': 'always',
  'status.currentMetrics': 'always',
  'spec.range': 'optional',
  'MultiClusterService.status': 'optional',
  'status.loadBalancer': 'optional',
};

/** The Go type of a kind in Karmada's webhooks, from its schema. */
export function shapeOf({ kind, schema }: KindDefinition): StructShape {
  const known = shapes.get(schema);
  if (known) return known;
  const { apiVersion: _, kind: __, metadata: ___, ...properties } = schema.properties ?? {};
  const shape = struct({
    kind: optional(string),
    apiVersion: optional(string),
    metadata: optional(objectMeta),
    ...fieldsOf({ ...schema, properties }, kind),
  });
  shapes.set(schema, shape);
  return shape;
}

/** A few dozen, derived from our tables. Kinds with webhooks do not share a schema. */
const shapes = new Map<SchemaNode, StructShape>();

function fieldsOf({ properties = {}, required = [] }: SchemaNode, owner: string): Record<string, FieldShape> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, node]): [string, FieldShape] => {
      const shape = shapeOfNode(node, name);
      const assumed = required.includes(name) ? 'always' : shape.type === 'struct' ? 'pointer' : 'optional';
      return [name, { shape, presence: presences[`${owner}.${name}`] ?? assumed }];
    }),
  );
}

function shapeOfNode(node: SchemaNode, name: string): Shape {
  if (node['x-kubernetes-int-or-string']) return quantity;
  if (node.items) return list(shapeOfNode(node.items, name));
  const values = valueSchema(node);
  if (values) return map(shapeOfNode(values, name));
  if (node.properties) return struct(fieldsOf(node, name));
  switch (node.type) {
    case 'string':
      return node['format'] === 'date-time' ? time : string;
    case 'boolean':
      return boolean;
    case 'integer':
      return node['format'] === 'int32' ? int32 : int64;
    default:
      return json;
  }
}
