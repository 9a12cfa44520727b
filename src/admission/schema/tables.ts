import { schemaTables } from '../../../imports/schema-tables';
import { type KarmadaVersion, karmadaVersions } from '../../karmada/release';

/**
 * A node of a structural schema, with Kubernetes' keywords. Kinds, versions and releases share most nodes; a schema may
 * contain itself.
 */
export interface SchemaNode {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  /** enum, minimum, maxLength, pattern, format and so on, as in JSON Schema. */
  readonly [keyword: string]: unknown;
}

/** A version of a kind with its schema: from a CustomResourceDefinition, or a kind of Kubernetes. */
export interface KindDefinition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Whether the API server stores this version. */
  readonly storage?: true;
  /** Whether status is a subresource, which the API server drops on create. */
  readonly status?: true;
  readonly schema: SchemaNode;
}

/** A definition whose schema is given by its index in the table. */
export type StoredDefinition = Omit<KindDefinition, 'schema'> & { readonly schema: number };

/** A node whose child schemas are given by their index in the table. */
export type StoredNode = { readonly [keyword: string]: unknown };

interface StoredTables {
  readonly nodes: readonly StoredNode[];
  readonly releases: Readonly<Record<KarmadaVersion, readonly StoredDefinition[]>>;
}

/** Every kind and version with a CustomResourceDefinition in a Karmada release. */
export function karmadaKinds(karmada: KarmadaVersion): readonly KindDefinition[] {
  return tables()[karmada];
}

/** The definition of a kind in a Karmada release; undefined if there is none. */
export function karmadaKind(apiVersion: string, kind: string, karmada: KarmadaVersion): KindDefinition | undefined {
  return byName().get(`${karmada} ${apiVersion} ${kind}`);
}

/** The schema of a property or of a map's values; undefined if there is none. */
export function propertySchema(node: SchemaNode, name: string): SchemaNode | undefined {
  const declared = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
  if (declared !== undefined) return declared;
  return valueSchema(node);
}

/** The schema of a map's values; undefined if there is none. */
export function valueSchema({ additionalProperties }: SchemaNode): SchemaNode | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Whether unknown fields are kept. */
export function keepsUnknownFields(node: Readonly<Record<string, unknown>>): boolean {
  return node['x-kubernetes-preserve-unknown-fields'] === true || node['additionalProperties'] === true;
}

/** Nodes whose children are the nodes themselves instead of their indexes. */
export function linkNodes(stored: readonly StoredNode[]): SchemaNode[] {
  const nodes = stored.map((node): Record<string, unknown> => ({ ...node }));
  for (const node of nodes) {
    if (node['items'] !== undefined) node['items'] = nodes[node['items'] as number];
    const values = node['additionalProperties'];
    if (typeof values === 'number') node['additionalProperties'] = nodes[values];
    const properties = node['properties'] as Readonly<Record<string, number>> | undefined;
    if (properties === undefined) continue;
    const linked: Record<string, unknown> = {};
    for (const name in properties) linked[name] = nodes[properties[name]!];
    node['properties'] = linked;
  }
  return nodes as SchemaNode[];
}

type KindsByRelease = Readonly<Record<KarmadaVersion, readonly KindDefinition[]>>;

let loaded: KindsByRelease | undefined;
let indexed: ReadonlyMap<string, KindDefinition> | undefined;

/** Parsed on first use, because most programs that import the library never check an object. */
function tables(): KindsByRelease {
  if (!loaded) {
    const { nodes, releases } = schemaTables() as StoredTables;
    const linked = linkNodes(nodes);
    loaded = Object.fromEntries(
      karmadaVersions.map((karmada) => [
        karmada,
        releases[karmada].map((definition) => ({ ...definition, schema: linked[definition.schema]! })),
      ]),
    ) as Record<KarmadaVersion, KindDefinition[]>;
  }
  return loaded;
}

function byName(): ReadonlyMap<string, KindDefinition> {
  indexed ??= new Map(
    karmadaVersions.flatMap((karmada) =>
      karmadaKinds(karmada).map((entry) => [`${karmada} ${entry.apiVersion} ${entry.kind}`, entry] as const),
    ),
  );
  return indexed;
}
