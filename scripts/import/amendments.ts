import type { KarmadaVersion } from '../../src/karmada/release';
import type { Crd, OpenApiSchema } from './crd';

/** A property that a release has, although the definitions at hand lack it. */
interface Amendment {
  readonly kinds: readonly string[];
  readonly version: string;
  /** Names of the properties on the way to the objects that get the property; lists are entered. */
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
  // The release candidate, whose definitions are at hand, came before these fields.
  '1.19': [
    { ...ofBindings, steps: ['spec', 'clusters'] },
    { ...ofBindings, steps: ['spec', 'requiredBy', 'clusters'] },
  ],
};

/** The definitions with what is known to be missing in them. A definition that has a property keeps its own. */
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
