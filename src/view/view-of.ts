import { defaultKarmadaVersion } from '../karmada/release';
import { unfolded } from '../kubernetes/list';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, referenceKey, referenceTo } from '../kubernetes/object';
import { fieldAt, listOf, type PlainRecord, recordOf } from '../kubernetes/plain-data';
import type { Call } from '../lint';
import type { Contract } from '../model/contract';
import type { PlanOptions } from '../planner';
import { clustersOf } from '../planner/plan/plan-input';
import { controlPlaneOf } from '../planner/plan-of';
import type { Finding } from '../problem/finding';
import { hidden } from '../report/secret-mask';
import type { ViewData, ViewState } from './view-data';

/** What a page is made of. */
export interface ViewInput {
  readonly title: string;
  readonly manifests: readonly Manifest[];
  /** The manifests to compare with. @default - none */
  readonly before?: readonly Manifest[];
  readonly planOptions: PlanOptions;
  readonly calls: readonly Call[];
  readonly contracts: readonly Contract[];
  readonly findings: readonly Finding[];
  readonly live?: boolean;
}

/** The data of a page. Values of Secrets, and what overrides write into them, are left out. */
export function viewData(input: ViewInput): ViewData {
  const { title, manifests, before, planOptions, calls, contracts, findings, live } = input;
  const { fleet, karmada = defaultKarmadaVersion, bindings, ...rest } = planOptions;
  const items = bindings && (Array.isArray(bindings) ? bindings : (bindings as { items?: unknown }).items);
  return {
    version: 1,
    title,
    karmada,
    fleet: clustersOf(fleet),
    ...rest,
    ...(bindings && { bindings: listOf<KubernetesObject>(items).map(bindingOf) }),
    ...stateOf(manifests, planOptions),
    ...(before && { before: stateOf(before, planOptions) }),
    calls,
    contracts: contracts.map(({ spec }) => spec),
    findings,
    ...(live && { live }),
  };
}

function stateOf(manifests: readonly Manifest[], options: PlanOptions): ViewState {
  const { refused } = controlPlaneOf(manifests, options);
  return {
    manifests: unfolded(manifests).map(({ object, origin }) => ({
      object: withoutSecrets(object),
      ...(origin.type === 'file' && { place: `${origin.file}:${origin.locate('').line}` }),
    })),
    refusals: Object.fromEntries(refused.map(({ manifest, why }) => [referenceKey(referenceTo(manifest.object)), why])),
  };
}

/** Bindings hold what is scheduled; the page reads nothing else of them. */
function bindingOf(binding: KubernetesObject): KubernetesObject {
  return withoutCopies(binding);
}

/** An object without values of Secrets, and without the copies of it that programs keep. */
export function withoutSecrets(object: KubernetesObject): KubernetesObject {
  const bare = withoutCopies(object);
  if (bare.kind === 'Secret') {
    const masked = Object.fromEntries(
      ['data', 'stringData'].flatMap((field) =>
        bare[field] === undefined ? [] : [[field, maskedValues(bare[field])] as const],
      ),
    );
    return { ...bare, ...masked };
  }
  return overridesSecrets(bare) ? withMaskedOverriders(bare) : bare;
}

function maskedValues(values: unknown): unknown {
  const record = recordOf(values);
  return record ? Object.fromEntries(Object.keys(record).map((key) => [key, hidden])) : hidden;
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** kubectl keeps a copy of the whole object in an annotation, which the page does not need. */
function withoutCopies(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {};
  const { [lastApplied]: __, ...annotations } = recordOf(metadata.annotations) ?? {};
  const has = Object.keys(annotations).length > 0;
  const { annotations: ___, ...others } = metadata;
  if (!object.metadata) return object;
  return { ...object, metadata: { ...others, ...(has && { annotations: annotations as Record<string, string> }) } };
}

/** Whether an override policy may select a Secret. */
function overridesSecrets({ kind, apiVersion, spec }: KubernetesObject): boolean {
  if (!apiVersion.startsWith('policy.karmada.io/') || !/^(Cluster)?OverridePolicy$/.test(kind)) return false;
  const selectors = listOf(fieldAt(spec, 'resourceSelectors'));
  return selectors.length === 0 || selectors.some((selector) => fieldAt(selector, 'kind') === 'Secret');
}

const secretFields = /^\/(data|stringData)(\/|$)/;

function withMaskedOverriders(policy: KubernetesObject): KubernetesObject {
  const spec = recordOf(policy.spec) ?? {};
  const rules = spec['overrideRules'];
  return {
    ...policy,
    spec: {
      ...spec,
      ...(spec['overriders'] !== undefined && { overriders: maskedOverriders(spec['overriders']) }),
      ...(Array.isArray(rules) && {
        overrideRules: rules.map((rule: unknown) => {
          const overriders = fieldAt(rule, 'overriders');
          return overriders === undefined ? rule : { ...recordOf(rule), overriders: maskedOverriders(overriders) };
        }),
      }),
    },
  };
}

function maskedOverriders(overriders: unknown): PlainRecord {
  const record = recordOf(overriders) ?? {};
  const { plaintext, fieldOverrider } = record;
  return {
    ...record,
    ...(Array.isArray(plaintext) && {
      plaintext: plaintext.map((item: unknown) => {
        const { path, value } = recordOf(item) ?? {};
        if (value === undefined || !secretFields.test(String(path))) return item;
        return { ...recordOf(item), value: recordOf(value) ? maskedValues(value) : hidden };
      }),
    }),
    ...(Array.isArray(fieldOverrider) && {
      fieldOverrider: fieldOverrider.map((item: unknown) => {
        const { fieldPath, json, yaml } = recordOf(item) ?? {};
        if (!secretFields.test(String(fieldPath))) return item;
        const masked = (list: unknown) =>
          listOf(list).map((one) => (fieldAt(one, 'value') === undefined ? one : { ...recordOf(one), value: hidden }));
        return {
          ...recordOf(item),
          ...(json !== undefined && { json: masked(json) }),
          ...(yaml !== undefined && { yaml: masked(yaml) }),
        };
      }),
    }),
  };
}
