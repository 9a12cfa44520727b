import { schemaTables } from '../../../imports/schema-tables';
import { type KarmadaVersion, karmadaVersions } from '../../karmada/release';

/**
 * A node of a structural schema, with Kubernetes' keywords. Child schemas are given by their index in the table, because
 * kinds, versions and releases share most of them.
 */
export interface SchemaNode {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, number>>;
  readonly additionalProperties?: number | boolean;
  readonly items?: number;
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

/** A version of a kind with a CustomResourceDefinition of Karmada. */
export interface KarmadaKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Whether the API server stores this version. */
  readonly storage?: true;
  /** Whether status is a subresource, which the API server drops on create. */
  readonly status?: true;
  /** Index of the root schema, see {@link schemaNode}. */
  readonly schema: number;
}

interface SchemaTables {
  readonly nodes: readonly SchemaNode[];
  readonly releases: Readonly<Record<KarmadaVersion, readonly KarmadaKind[]>>;
}

/** Every kind and version with a CustomResourceDefinition in a Karmada release. */
export function karmadaKinds(karmada: KarmadaVersion): readonly KarmadaKind[] {
  return tables().releases[karmada];
}

/** The definition of a kind in a Karmada release; undefined if there is none. */
export function karmadaKind(apiVersion: string, kind: string, karmada: KarmadaVersion): KarmadaKind | undefined {
  return byName().get(`${karmada} ${apiVersion} ${kind}`);
}

/** The schema node at an index. */
export function schemaNode(index: number): SchemaNode {
  return tables().nodes[index]!;
}

/** Index of the schema of a property or of a map's values; undefined if there is none. */
export function propertySchema(node: SchemaNode, name: string): number | undefined {
  const declared = node.properties && Object.hasOwn(node.properties, name) ? node.properties[name] : undefined;
  if (declared !== undefined) return declared;
  return typeof node.additionalProperties === 'number' ? node.additionalProperties : undefined;
}

/** Whether unknown fields are kept. */
export function keepsUnknownFields(node: Readonly<Record<string, unknown>>): boolean {
  return node['x-kubernetes-preserve-unknown-fields'] === true || node['additionalProperties'] === true;
}

let loaded: SchemaTables | undefined;
let indexed: ReadonlyMap<string, KarmadaKind> | undefined;

/** Parsed on first use, because most programs that import the library never check an object. */
function tables(): SchemaTables {
  loaded ??= schemaTables() as SchemaTables;
  return loaded;
}

function byName(): ReadonlyMap<string, KarmadaKind> {
  indexed ??= new Map(
    karmadaVersions.flatMap((karmada) =>
      karmadaKinds(karmada).map((entry) => [`${karmada} ${entry.apiVersion} ${entry.kind}`, entry] as const),
    ),
  );
  return indexed;
}
