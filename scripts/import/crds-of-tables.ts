import { type KindDefinition, karmadaKinds, type SchemaNode } from '../../src/admission/schema/tables';
import type { KarmadaVersion } from '../../src/karmada/release';
import { apiGroup } from '../../src/kubernetes/object';
import type { Crd, OpenApiSchema } from './crd';

/**
 * CustomResourceDefinitions from the schema tables, with everything that imports/ is generated from. So imports/ can be
 * generated and compared without the definitions of the release.
 */
export function crdsOfTables(karmada: KarmadaVersion): readonly Crd[] {
  const names = [...new Set(karmadaKinds(karmada).map(crdName))].sort();
  return names.map((name) => crdOf(karmadaKinds(karmada).filter((kind) => crdName(kind) === name)));
}

function crdName({ plural, apiVersion }: KindDefinition): string {
  return `${plural}.${apiGroup(apiVersion)}`;
}

function crdOf(versions: readonly KindDefinition[]): Crd {
  const { apiVersion, kind, plural, scope } = versions[0]!;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: crdName(versions[0]!) },
    spec: {
      group: apiGroup(apiVersion),
      scope,
      names: { kind, plural },
      versions: versions.map((version) => ({
        name: version.apiVersion.slice(version.apiVersion.indexOf('/') + 1),
        served: true,
        storage: version.storage === true,
        ...(version.status && { subresources: { status: {} } }),
        schema: { openAPIV3Schema: openApiSchema(version.schema) },
      })),
    },
  };
}

function openApiSchema({ properties, items, additionalProperties, ...keywords }: SchemaNode): OpenApiSchema {
  return {
    ...keywords,
    ...(keywords['x-kubernetes-int-or-string'] && { anyOf: [{ type: 'integer' }, { type: 'string' }] }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, openApiSchema(node)])),
    }),
    ...(items && { items: openApiSchema(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'object' ? openApiSchema(additionalProperties) : additionalProperties,
    }),
  };
}
