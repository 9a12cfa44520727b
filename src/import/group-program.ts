import { textOf } from '../kubernetes/plain-data';
import type { Scopes } from '../kubernetes/scope';
import { joinWords } from '../problem/words';
import { legacyUrl, type ModuleKind, type Statement } from './chart-file';
import type { CodeContext } from './code/clusters-code';
import { isPolicy, policyCode } from './code/policy-code';
import type { Group } from './groups';
import type { Item } from './items';
import { joinedText, legacyText } from './legacy-text';
import { DistinctNames } from './names';
import { Chain, ConstantName, type LiteralValue } from './print-typescript';
import { type Demotion, type ImportForm, rankOf } from './rungs';

/** How templates are written. */
export type TemplateForm = 'include' | 'typed';

/** What became of an object. */
export interface Outcome {
  readonly item: Item;
  readonly form: ImportForm;
  /** Why it is not a better form. @default - it is the best that its kind has */
  readonly why?: string;
}

/** YAML to be included. */
export interface LegacyFile {
  /** Name below `legacy/`. */
  readonly name: string;
  readonly text: string;
  readonly isSecret: boolean;
}

/** The content of a chart. */
export interface GroupProgram {
  readonly namespace: string | undefined;
  readonly statements: readonly Statement[];
  readonly outcomes: readonly Outcome[];
  readonly legacy: readonly LegacyFile[];
}

/** What all groups share. */
export interface ProgramContext extends CodeContext {
  readonly templates: TemplateForm;
  readonly module: ModuleKind;
  readonly demotions: ReadonlyMap<string, Demotion>;
  readonly scopes: Scopes;
}

const here = new ConstantName('this');

/** The statements that make the objects of a group. */
export function groupProgram({ name, items }: Group, context: ProgramContext): GroupProgram {
  const plans = items.map((item) => planOf(item, context));
  const namespace = commonNamespace(plans, context);
  const ids = new ConstructIds();
  const included = plans.filter((plan): plan is IncludePlan => plan.form === 'include');
  const { legacy, statements: includes } = includesOf(name, included, here, ids, context);
  const others = plans.flatMap((plan): Statement[] => {
    if (plan.form === 'include') return [];
    const { item } = plan;
    return [{ code: plan.code(namespace, ids), keys: [item.key] }];
  });
  return {
    namespace,
    statements: [...includes, ...others],
    outcomes: plans.map(({ item, form, why }) => ({ item, form, ...(why !== undefined && { why }) })),
    legacy,
  };
}

interface BasePlan {
  readonly item: Item;
  readonly why?: string | undefined;
}

interface IncludePlan extends BasePlan {
  readonly form: 'include';
  readonly text: string;
}

interface CodePlan extends BasePlan {
  readonly form: 'policy' | 'api-object';
  readonly code: (namespace: string | undefined, ids: ConstructIds) => LiteralValue;
}

/** The best form of an object by itself. */
function planOf(item: Item, context: ProgramContext): IncludePlan | CodePlan {
  const { object } = item;
  const demotion = context.demotions.get(item.key);
  const mayBe = (form: ImportForm) => demotion === undefined || rankOf(form) >= rankOf(demotion.atBest);
  let why = demotion?.why;
  if (!item.isSecret && isPolicy(object)) {
    if (mayBe('policy')) {
      const code = policyCode(object, context);
      if (!('why' in code)) {
        const { className, props } = code;
        return {
          item,
          form: 'policy',
          code: (namespace, ids) => {
            const id = ids.of(item);
            const metadata = metadataCode(item, { id, namespace });
            return Chain.of(`new ${className}`, here, id, { ...(metadata && { metadata }), ...props });
          },
        };
      }
      why ??= code.why;
    }
  }
  const canBeLiteral = !item.isSecret && literalProblem(item) === undefined;
  const apiObject = (): CodePlan => ({
    item,
    form: 'api-object',
    why,
    code: (namespace, ids) => apiObjectCode(item, ids.of(item), namespace),
  });
  const prefersLiteral = context.templates === 'typed' || isPolicy(object);
  if (canBeLiteral && prefersLiteral && mayBe('api-object')) return apiObject();
  const legacy = legacyText(item);
  if (legacy !== undefined) {
    why ??= item.isSecret ? 'values of Secrets stay out of programs' : undefined;
    return { item, form: 'include', why, text: legacy.text };
  }
  why ??= textOf(object.metadata?.name) === '' ? 'an included object needs a name' : 'cdk8s reads its YAML differently';
  return apiObject();
}

/** Why an object cannot be a literal that compiles. */
function literalProblem({ object: { apiVersion, kind, metadata } }: Item): string | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return 'it has no kind';
  for (const field of ['labels', 'annotations'] as const) {
    if (Object.values(metadata?.[field] ?? {}).some((value) => typeof value !== 'string'))
      return `its ${field} are not text`;
  }
  return undefined;
}

function apiObjectCode(item: Item, id: string, namespace: string | undefined): LiteralValue {
  const { apiVersion, kind, metadata, ...fields } = item.object;
  const { namespace: own, ...others } = metadata ?? {};
  const written = { ...others, ...(own !== undefined && own !== null && own !== namespace && { namespace: own }) };
  const code = Chain.of('new ApiObject', here, id, {
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
export function metadataCode(
  { object: { metadata = {} } }: Item,
  { id, namespace }: { readonly id: string; readonly namespace: string | undefined },
): LiteralValue | undefined {
  const { name, namespace: own, ...others } = metadata;
  const filled = Object.entries(others).filter(
    ([, value]) => value !== null && Object.keys(value as object).length > 0,
  );
  const code = {
    ...(name !== id && { name }),
    ...(own !== undefined && own !== null && own !== namespace && { namespace: own }),
    ...Object.fromEntries(filled),
  };
  return Object.keys(code).length > 0 ? (code as LiteralValue) : undefined;
}

/** The namespace that every object of a chart has, which the chart can state once. */
function commonNamespace(plans: readonly (IncludePlan | CodePlan)[], { scopes }: ProgramContext): string | undefined {
  const namespaces = new Set<string>();
  for (const { item, form } of plans) {
    const { object } = item;
    const namespace = textOf(object.metadata?.namespace);
    // Constructs for cluster-scoped policies do not take the namespace of the chart; other objects do.
    if (form === 'policy' && scopes.scopeOf(object) === 'cluster') continue;
    namespaces.add(namespace);
  }
  const [only] = namespaces;
  return namespaces.size === 1 && only !== '' ? only : undefined;
}

/** The construct ids of a chart: names of objects, with the kind where two share a name. */
export class ConstructIds {
  readonly #taken = new Set<string>();

  of({ object }: Item): string {
    const name =
      textOf(object.metadata?.name) || textOf(object.metadata?.['generateName']).replace(/-$/, '') || 'object';
    const kind = object.kind.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
    return this.take(name, `${name}-${kind}`);
  }

  take(...wanted: readonly string[]): string {
    // constructs keeps children in a plain object, which has a few names already.
    const isFree = (id: string) => id !== '' && !this.#taken.has(id) && !(id in {});
    const free = wanted.map((id) => id.replaceAll('/', '--')).find(isFree);
    let id = free ?? wanted.at(-1)!;
    for (let count = 2; this.#taken.has(id); count++) id = `${wanted.at(-1)!}-${count}`;
    this.#taken.add(id);
    return id;
  }
}

/** Includes for objects in order. Secrets are in files of their own. */
function includesOf(
  group: string,
  plans: readonly IncludePlan[],
  scope: ConstantName,
  ids: ConstructIds,
  { module }: ProgramContext,
): { readonly legacy: readonly LegacyFile[]; readonly statements: readonly Statement[] } {
  const runs = [false, true].flatMap((isSecret) =>
    distinctRuns(plans.filter(({ item }) => item.isSecret === isSecret)),
  );
  const files = new DistinctNames();
  const legacy: LegacyFile[] = [];
  const statements: Statement[] = [];
  for (const run of runs) {
    const isSecret = run[0]!.item.isSecret;
    const name = `${files.take(`${group}${isSecret ? '-secrets' : ''}`)}.yaml`;
    legacy.push({ name, text: joinedText(run.map(({ text }) => text)), isSecret });
    statements.push({
      code: Chain.of('new Include', scope, ids.take(isSecret ? 'secrets' : 'manifests'), {
        url: legacyUrl(name, module),
      }),
      keys: run.map(({ item }) => item.key),
    });
  }
  return { legacy, statements };
}

/** Include names its constructs by name, kind and namespace, so two of one name need two files. */
function distinctRuns(plans: readonly IncludePlan[]): IncludePlan[][] {
  const runs: { readonly ids: Set<string>; readonly plans: IncludePlan[] }[] = [];
  for (const plan of plans) {
    const { kind, metadata } = plan.item.object;
    const id = [metadata?.name, kind.toLowerCase(), metadata?.namespace].filter(Boolean).join('-');
    let run = runs.find(({ ids }) => !ids.has(id));
    if (run === undefined) {
      run = { ids: new Set(), plans: [] };
      runs.push(run);
    }
    run.ids.add(id);
    run.plans.push(plan);
  }
  return runs.map((run) => run.plans);
}

/** What a chart has, in words. */
export function summaryOf(name: string, items: readonly Item[]): string {
  const kinds = [...new Set(items.map(({ object }) => object.kind))];
  return `${joinWords(kinds, 'and', 5)} of ${name}.`.replaceAll('*/', '* /');
}
