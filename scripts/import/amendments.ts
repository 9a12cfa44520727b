import type { KarmadaVersion } from '../../src/karmada/release';
import type { Crd, OpenApiSchema } from './crd';

/** A property of a release that is missing in the available definitions. */
interface Amendment {
  readonly kinds: readonly string[];
  readonly version: string;
  /** Property names of the path to the objects that get the property; list items are included. */
  readonly steps: readonly string[];
  readonly name: string;
  readonly schema: OpenApiSchema;
}

const count = { type: 'integer', format: 'int32' };

/** Replicas of each component of a workload in a cluster. */
const components: OpenApiSchema = {
  type: 'array',
  items: { type: 'object', required: ['name', 'replicas'], properties: { name: { type: 'string' }, replicas: count } },
};

const ofBindings = {
  kinds: ['ResourceBinding', 'ClusterResourceBinding'],
  version: 'v1alpha2',
  name: 'components',
  schema: components,
};

const amendments: Partial<Readonly<Record<KarmadaVersion, readonly Amendment[]>>> = {
  // The available definitions are those of the release candidate, which did not have these fields.
  '1.19': [
    { ...ofBindings, steps: ['spec', 'clusters'] },
    { ...ofBindings, steps: ['spec', 'requiredBy', 'clusters'] },
  ],
};

/** Adds known missing properties to the definitions. Existing properties are not changed. */
export function amended(crds: readonly Crd[], release: KarmadaVersion): readonly Crd[] {
  return (amendments[release] ?? []).reduce((all, amendment) => all.map((crd) => withProperty(crd, amendment)), crds);
}

function withProperty(crd: Crd, { kinds, version, steps, name, schema }: Amendment): Crd {
  if (!kinds.includes(crd.spec.names.kind)) return crd;
  const versions = crd.spec.versions.map((one) =>
    one.name === version
      ? { ...one, schema: { openAPIV3Schema: inserted(one.schema.openAPIV3Schema, steps, name, schema) } }
      : one,
  );
  return { ...crd, spec: { ...crd.spec, versions } };
}

function inserted(node: OpenApiSchema, steps: readonly string[], name: string, schema: OpenApiSchema): OpenApiSchema {
  const { items } = node as { items?: OpenApiSchema };
  if (items) return { ...node, items: inserted(items, steps, name, schema) };
  const properties = node['properties'] as Readonly<Record<string, OpenApiSchema>>;
  const [step, ...rest] = steps;
  const changed =
    step === undefined
      ? { [name]: schema, ...properties }
      : { ...properties, [step]: inserted(properties[step]!, rest, name, schema) };
  const sorted = Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...node, properties: Object.fromEntries(sorted) };
}
