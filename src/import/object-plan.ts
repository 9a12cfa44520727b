import { isPolicy } from '../karmada/policy-kinds';
import { textOf } from '../kubernetes/plain-data';
import type { Scopes } from '../kubernetes/scope';
import type { ModuleKind } from './chart-file';
import type { CodeContext } from './code/clusters-code';
import { policyCode } from './code/policy-code';
import type { ConstructIds } from './construct-ids';
import type { ClaimBy } from './groups';
import type { Item } from './items';
import { emittedText, legacyText } from './legacy-text';
import { Chain, type ConstantName, type LiteralValue } from './print-typescript';
import { type Demotion, type ImportForm, rankOf } from './rungs';

/** How templates are written. */
export type TemplateForm = 'include' | 'typed';

/** What all charts share. */
export interface ProgramContext extends CodeContext {
  readonly templates: TemplateForm;
  readonly module: ModuleKind;
  readonly demotions: ReadonlyMap<string, Demotion>;
  readonly scopes: Scopes;
  readonly claims: ReadonlyMap<Item, ClaimBy>;
  /** All objects by `group/Kind/namespace/name`, with the namespace as written. */
  readonly items: ReadonlyMap<string, Item>;
}

interface BasePlan {
  readonly item: Item;
  readonly why?: string | undefined;
}

/** An object in a file that is included. */
export interface IncludePlan extends BasePlan {
  readonly form: 'include';
  readonly text: string;
}

/** Where a construct is made. */
export interface CodePlace {
  /** The construct around it. */
  readonly scope: ConstantName;
  readonly ids: ConstructIds;
  /** Namespace of the chart. */
  readonly namespace: string | undefined;
}

/** An object that a construct makes. */
export interface CodePlan extends BasePlan {
  readonly form: 'policy' | 'api-object';
  readonly code: (place: CodePlace) => LiteralValue;
}

export type ObjectPlan = IncludePlan | CodePlan;

/** Whether an attempt has not shown yet that an object cannot have a form. */
export function mayBe(form: ImportForm, item: Item, { demotions }: ProgramContext): boolean {
  const demotion = demotions.get(item.key);
  return demotion === undefined || rankOf(form) >= rankOf(demotion.atBest);
}

/** The best form of an object by itself. */
export function objectPlan(item: Item, context: ProgramContext): ObjectPlan {
  const { object, isSecret } = item;
  let why = context.demotions.get(item.key)?.why;
  if (!isSecret && isPolicy(object) && mayBe('policy', item, context)) {
    const code = policyCode(object, context);
    if (!('why' in code)) {
      const { className, props } = code;
      return { item, form: 'policy', why, code: (place) => policyConstruct(item, className, props, place) };
    }
    why ??= code.why;
  }
  const literal: CodePlan = { item, form: 'api-object', why, code: (place) => apiObjectCode(item, place) };
  const isLiteral = (context.templates === 'typed' || isPolicy(object)) && !hasForeignText(item);
  if (isLiteral && !isSecret && mayBe('api-object', item, context)) return literal;
  const legacy = legacyText(item);
  if (isSecret) {
    return { item, form: 'include', why: 'values of Secrets stay out of programs', text: legacy ?? emittedText(item) };
  }
  if (legacy !== undefined) return { item, form: 'include', why, text: legacy };
  const hasName = textOf(object.metadata?.name) !== '';
  return { ...literal, why: why ?? (hasName ? 'cdk8s reads its YAML differently' : 'an included object needs a name') };
}

/** Whether labels or annotations are not text, so that a literal does not compile. */
function hasForeignText({ object: { metadata } }: Item): boolean {
  const maps = [metadata?.labels, metadata?.annotations];
  return maps.some((map) => Object.values(map ?? {}).some((value) => typeof value !== 'string'));
}

function policyConstruct(
  item: Item,
  className: string,
  props: { readonly [prop: string]: LiteralValue },
  { scope, ids, namespace }: CodePlace,
): LiteralValue {
  const id = ids.of(item);
  const metadata = metadataCode(item, id, namespace);
  return Chain.of(`new ${className}`, scope, id, { ...(metadata && { metadata }), ...props });
}

function apiObjectCode(item: Item, { scope, ids, namespace }: CodePlace): LiteralValue {
  const { apiVersion, kind, metadata, ...fields } = item.object;
  const { namespace: own, ...others } = metadata ?? {};
  const written = { ...others, ...(own !== undefined && own !== namespace && { namespace: own }) };
  const code = Chain.of('new ApiObject', scope, ids.of(item), {
    apiVersion,
    kind,
    ...(Object.keys(written).length > 0 && { metadata: written as LiteralValue }),
    ...(fields as { readonly [key: string]: LiteralValue }),
  });
  if (textOf(metadata?.name) !== '') return code;
  // cdk8s gives every object a name.
  return code.call('addJsonPatch', Chain.on('JsonPatch', 'remove', '/metadata/name'));
}

/** The metadata of a construct, without what follows from its id and chart. */
function metadataCode(
  { object: { metadata = {} } }: Item,
  id: string,
  namespace: string | undefined,
): LiteralValue | undefined {
  const { name, namespace: own, ...others } = metadata;
  const filled = Object.entries(others).filter(([, value]) => Object.keys(value as object).length > 0);
  const code = {
    ...(name !== id && { name }),
    ...(own !== undefined && own !== namespace && { namespace: own }),
    ...Object.fromEntries(filled),
  };
  return Object.keys(code).length > 0 ? (code as LiteralValue) : undefined;
}
