import { type KarmadaVersion, karmadaVersions } from '../../src/karmada/release';
import { joinWords } from '../../src/problem/words';
import type { Crd, OpenApiSchema } from './crd';

/** Policies whose `spec` gets a type, and the name of the type. */
const roots: readonly (readonly [kind: string, type: string])[] = [
  ['PropagationPolicy', 'PropagationSpec'],
  ['OverridePolicy', 'OverrideSpec'],
];

/** Names of types that do not follow from the name of the property, by property or by type and property. */
const names: Readonly<Record<string, string>> = {
  'FailoverSpec.application': 'ApplicationFailoverSpec',
  'FailoverSpec.cluster': 'ClusterFailoverSpec',
  'StatePreservationSpec.rules': 'StatePreservationRuleSpec',
  'WorkloadAffinitySpec.affinity': 'WorkloadAffinityTermSpec',
  'WorkloadAffinitySpec.antiAffinity': 'WorkloadAffinityTermSpec',
  'FieldSelectorSpec.matchExpressions': 'FieldSelectorRequirementSpec',
  clusterAffinities: 'ClusterAffinityTermSpec',
  clusterTolerations: 'TolerationSpec',
  staticWeightList: 'StaticWeightSpec',
  targetCluster: 'ClusterAffinitySpec',
  'OverrideSpec.overrideRules': 'OverrideRuleSpec',
  commandOverrider: 'CommandArgsOverriderSpec',
  argsOverrider: 'CommandArgsOverriderSpec',
  labelsOverrider: 'LabelAnnotationOverriderSpec',
  annotationsOverrider: 'LabelAnnotationOverriderSpec',
  plaintext: 'PlaintextOverriderSpec',
  'FieldOverriderSpec.json': 'FieldPatchSpec',
  'FieldOverriderSpec.yaml': 'FieldPatchSpec',
};

/** Required by the schema, and yet absent in values that are made step by step, or read without a schema check. */
const optional = new Set(['PropagationSpec.resourceSelectors', 'ApplicationFailoverSpec.decisionConditions']);

/** Types that src/kubernetes has. */
const elsewhere = new Set(['LabelSelectorSpec']);

/**
 * The text of imports/policy-specs.ts: the `spec` of Karmada's policies as types, of the newest release, and the names of
 * the properties of each type. Enums are plain strings, since manifests may hold anything.
 *
 * @returns undefined where a policy is missing in the definitions
 */
export function policySpecs(
  releases: Readonly<Record<string, readonly Crd[]>>,
  release: KarmadaVersion,
  header: string,
): string | undefined {
  const types = new Map<string, TypeOfSpec>();
  for (const [kind, type] of roots) {
    const specs = new Map(karmadaVersions.map((version) => [version, specOf(releases[version] ?? [], kind)]));
    const newest = specs.get(release);
    if (!newest) return undefined;
    describe(type, newest, specs, types);
  }
  const interfaces = [...types].map(([name, { lines }]) => `export interface ${name} {\n${lines.join('\n')}\n}\n`);
  const properties = [...types].map(([name, { properties }]) => `  ${name}: [${properties.map(text).join(', ')}],\n`);
  return [
    `${header}\nimport type { LabelSelectorSpec } from '../src/kubernetes/object';\n`,
    ...interfaces,
    `/** Names of the properties of each type. */\nexport const specProperties = {\n${properties.join('')}} as const;\n`,
  ].join('\n');
}

interface TypeOfSpec {
  readonly lines: readonly string[];
  readonly properties: readonly string[];
}

function specOf(crds: readonly Crd[], kind: string): OpenApiSchema | undefined {
  const version = crds.find(({ spec }) => spec.names.kind === kind)?.spec.versions.find(({ storage }) => storage);
  return version && childOf(version.schema.openAPIV3Schema, 'spec');
}

type ByRelease = ReadonlyMap<KarmadaVersion, OpenApiSchema | undefined>;

function describe(type: string, schema: OpenApiSchema, releases: ByRelease, types: Map<string, TypeOfSpec>): void {
  if (types.has(type) || elsewhere.has(type)) return;
  const required = (schema['required'] ?? []) as readonly string[];
  const properties = Object.keys((schema['properties'] ?? {}) as object).sort();
  const lines: string[] = [];
  types.set(type, { lines, properties });
  for (const name of properties) {
    const child = childOf(schema, name)!;
    const before = new Map([...releases].map(([version, parent]) => [version, parent && childOf(parent, name)]));
    const written = typeText(type, name, child, before, types);
    const comment = commentOf(itemsOf(child), before, releases);
    if (comment) lines.push(`  /** ${comment} */`);
    lines.push(
      `  readonly ${name}${required.includes(name) && !optional.has(`${type}.${name}`) ? '' : '?'}: ${written};`,
    );
  }
}

/** The TypeScript type of a property; a type of its own is described on the way. */
function typeText(
  owner: string,
  name: string,
  schema: OpenApiSchema,
  releases: ByRelease,
  types: Map<string, TypeOfSpec>,
): string {
  if (schema['items']) {
    const one = (names[`${owner}.${name}`] ?? names[name]) ? name : singular(name);
    return `readonly ${typeText(owner, one, itemsOf(schema), mapped(releases, itemsOf), types)}[]`;
  }
  const { additionalProperties } = schema as { additionalProperties?: OpenApiSchema };
  if (additionalProperties) {
    return `Readonly<Record<string, ${typeText(owner, name, additionalProperties, new Map(), types)}>>`;
  }
  if (schema['properties']) {
    const type = names[`${owner}.${name}`] ?? names[name] ?? `${capital(name)}Spec`;
    describe(type, schema, releases, types);
    return type;
  }
  return { string: 'string', integer: 'number', boolean: 'boolean' }[String(schema['type'])] ?? 'unknown';
}

/** What the type does not say: the words that are allowed, and the release that has the property first. */
function commentOf(schema: OpenApiSchema, releases: ByRelease, ofOwner: ByRelease): string {
  const words = schema['enum'] as readonly string[] | undefined;
  const since = firstOf(releases);
  return [words ? `${joinWords(words, 'or')}.` : '', since === firstOf(ofOwner) ? '' : `Since Karmada ${since}.`]
    .filter(Boolean)
    .join(' ');
}

function firstOf(releases: ByRelease): KarmadaVersion | undefined {
  return karmadaVersions.find((version) => releases.get(version));
}

function childOf(schema: OpenApiSchema, name: string): OpenApiSchema | undefined {
  const owner = itemsOf(schema);
  return ((owner['properties'] ?? {}) as Readonly<Record<string, OpenApiSchema>>)[name];
}

function itemsOf(schema: OpenApiSchema): OpenApiSchema {
  return (schema['items'] as OpenApiSchema | undefined) ?? schema;
}

function mapped(releases: ByRelease, change: (schema: OpenApiSchema) => OpenApiSchema): ByRelease {
  return new Map([...releases].map(([version, schema]) => [version, schema && change(schema)]));
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function text(value: string): string {
  return `'${value}'`;
}
