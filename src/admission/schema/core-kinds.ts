import { coreSchemaTables } from '../../../imports/schema-tables-core';
import { kindKey } from '../../kubernetes/object';
import { type FieldRule, fieldRules } from '../core/field-rules';
import { type KindDefinition, linkNodes, type SchemaNode, type StoredDefinition, type StoredNode } from './tables';

interface StoredCoreTables {
  readonly nodes: readonly StoredNode[];
  readonly types: Readonly<Record<string, number>>;
  readonly kinds: readonly StoredDefinition[];
}

/** The schema of one of Kubernetes' own kinds, as a recent API server serves it; undefined for other kinds. */
export function coreKind(apiVersion: string, kind: string): KindDefinition | undefined {
  return tables().get(kindKey({ apiVersion, kind }));
}

let loaded: ReadonlyMap<string, KindDefinition> | undefined;

function tables(): ReadonlyMap<string, KindDefinition> {
  if (!loaded) {
    const stored = coreSchemaTables() as StoredCoreTables;
    const nodes = linkNodes(stored.nodes);
    const rules = fieldRules();
    for (const [name, index] of Object.entries(stored.types)) {
      if (!name.startsWith('~')) addRules(nodes[index]!, rules[name] ?? {});
    }
    const kinds = stored.kinds.map((each): [string, KindDefinition] => [
      kindKey(each),
      { ...each, plural: '', schema: nodes[each.schema]! },
    ]);
    loaded = new Map(kinds);
  }
  return loaded;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Adds what the API server checks of single fields and its OpenAPI leaves out. Scalar nodes are shared, so they are copied. */
function addRules(node: Writable<SchemaNode>, rules: Readonly<Record<string, FieldRule>>): void {
  const properties: Record<string, SchemaNode> = { ...node.properties };
  const required = new Set(node.required);
  const given = new Set<string>();
  for (const [field, { optional, given: isGiven, ...keywords }] of Object.entries(rules)) {
    const name = field.replace(/\[\]$/, '');
    const property = properties[name];
    if (!property) throw new Error(`a rule is about the unknown field ${name}`);
    if (optional) required.delete(name);
    if (isGiven) given.add(name);
    properties[name] =
      name === field ? { ...property, ...keywords } : { ...property, items: { ...property.items, ...keywords } };
  }
  for (const [name, property] of Object.entries(properties)) {
    const words = property['enum'] as readonly string[] | undefined;
    // Go does not distinguish an empty text or list from an absent one, unless the field is a pointer.
    if (required.has(name) && property.type === 'string' && !words) properties[name] = { ...property, minLength: 1 };
    else if (required.has(name) && property.type === 'array') properties[name] = { ...property, minItems: 1 };
    else if (words && !required.has(name) && !given.has(name) && !words.includes('')) {
      properties[name] = { ...property, enum: [...words, ''] };
    }
  }
  if (node.properties) node.properties = properties;
  if (node.required) node.required = [...required];
}
