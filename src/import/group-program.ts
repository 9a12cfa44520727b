import { isOverridePolicy, isPropagationPolicy } from '../karmada/policy-kinds';
import { compareText, textOf } from '../kubernetes/plain-data';
import { joinWords } from '../problem/words';
import { type AppOverride, appOverride } from './app-overrides';
import { type AppPlan, appPlan } from './app-plan';
import type { Statement } from './chart-file';
import type { PropsCode } from './code/policy-code';
import { ConstructIds, kindWords } from './construct-ids';
import type { Group } from './groups';
import { Legacy, type LegacyFile } from './includes';
import type { Item } from './items';
import { type DistinctNames, fileNameFor, numbered, variableFor } from './names';
import { type IncludePlan, type ObjectPlan, objectPlan, type ProgramContext } from './object-plan';
import { Chain, ConstantName } from './print-typescript';
import type { ImportForm } from './rungs';

/** What became of an object. */
export interface Outcome {
  readonly item: Item;
  readonly form: ImportForm;
  /** Why it is not a better form. @default - it is the best that its kind has */
  readonly why?: string;
}

/** The content of a chart. */
export interface GroupProgram {
  readonly namespace: string | undefined;
  readonly statements: readonly Statement[];
  readonly outcomes: readonly Outcome[];
  readonly legacy: readonly LegacyFile[];
}

const here = new ConstantName('this');

/**
 * The statements that make the objects of a group.
 *
 * @param files - names of included files
 */
export function groupProgram({ name, items }: Group, context: ProgramContext, files: DistinctNames): GroupProgram {
  const apps: AppPlan[] = [];
  const whyNoApp = new Map<Item, string>();
  for (const policy of items.filter(({ object }) => isPropagationPolicy(object))) {
    const app = appPlan(policy, context);
    if ('why' in app) whyNoApp.set(policy, app.why);
    else apps.push(app);
  }
  const objects = apps.flatMap(({ shorthand, children }) => [...shorthand, ...children]);
  const overrides: AppOverride[] = [];
  for (const policy of items.filter(({ object }) => isOverridePolicy(object))) {
    const override = appOverride(policy, objects, context);
    if ('why' in override) whyNoApp.set(policy, override.why);
    else overrides.push(override);
  }
  const inApps = new Set([...apps, ...overrides].map(({ policy }) => policy).concat(objects));
  const plans = items.filter((item) => !inApps.has(item)).map((item) => objectPlan(item, context));
  const namespace = commonNamespace(items, plans, context);
  const ids = new ConstructIds();
  const legacy = new Legacy(name, files, context.module);

  const outcomes: Outcome[] = [];
  const statements: Statement[] = [];
  for (const app of apps) {
    const childPlans = app.children.map((child) => objectPlan(child, context));
    const own = ownOverrides(app, overrides);
    const id = ids.take(app.id);
    const variable = variableFor(name);
    const scope = new ConstantName(variable);
    const inProps = own.filter(({ isForOneObject }) => isForOneObject);
    const targeted = own.filter(({ isForOneObject }) => !isForOneObject);
    const targets = targetVariables(app, targeted, variable);
    statements.push({
      code: Chain.of('new FederatedApp', here, id, { ...app.props, ...overrideProps(own, inProps) }),
      ...(childPlans.length + targeted.length > 0 && { variable }),
      keys: [app.policy, ...app.shorthand, ...inProps.map(({ policy }) => policy)].map(({ key }) => key),
    });
    statements.push(...legacy.inOrder(childPlans, { scope, ids: new ConstructIds(), namespace }, targets));
    for (const { policy, object, rules } of targeted) {
      const made = object.object.kind === 'Service' ? 'service' : 'deployment';
      const target = new ConstantName(targets.get(object) ?? `${variable}.${made}!`);
      for (const rule of rules) {
        statements.push({ code: Chain.on(variable, 'addOverride', rule, target), keys: [policy.key] });
      }
    }
    outcomes.push({ item: app.policy, form: 'app' });
    outcomes.push(...app.shorthand.map((item): Outcome => ({ item, form: 'shorthand' })));
    outcomes.push(
      ...childPlans.map(({ item, why }): Outcome => ({ item, form: 'app', ...(why !== undefined && { why }) })),
    );
    outcomes.push(...own.map(({ policy }): Outcome => ({ item: policy, form: 'app' })));
  }
  const included = plans.filter((plan): plan is IncludePlan => plan.form === 'include');
  statements.push(...legacy.all(included, here, ids));
  for (const plan of plans) {
    const why = plan.why ?? whyNoApp.get(plan.item);
    outcomes.push({ item: plan.item, form: plan.form, ...(why !== undefined && { why }) });
    if (plan.form !== 'include') {
      statements.push({ code: plan.code({ scope: here, ids, namespace }), keys: [plan.item.key] });
    }
  }
  return { namespace, statements, outcomes, legacy: legacy.files };
}

/** The overrides of an app, in the order of its objects. */
function ownOverrides(app: AppPlan, overrides: readonly AppOverride[]): readonly AppOverride[] {
  return [...app.shorthand, ...app.children].flatMap((item) => overrides.filter(({ object }) => object === item));
}

function overrideProps(all: readonly AppOverride[], inProps: readonly AppOverride[]): PropsCode {
  const names = all.flatMap(({ naming }) => (naming === undefined ? [] : [naming]));
  return {
    ...(inProps.length > 0 && { overrides: inProps.flatMap(({ rules }) => rules) }),
    ...(names.length > 0 && { overrideNames: Object.fromEntries(names) }),
  };
}

/** Variables for the objects under an app that overrides name. */
function targetVariables(
  { children }: AppPlan,
  targeted: readonly AppOverride[],
  appVariable: string,
): ReadonlyMap<Item, string> {
  const taken = new Set([appVariable]);
  const variables = new Map<Item, string>();
  for (const { object: item } of targeted) {
    if (!children.includes(item)) continue;
    const wanted = variableFor(fileNameFor(`${item.object.metadata?.name}-${kindWords(item.object.kind)}`));
    const variable = numbered(wanted, (name) => taken.has(name), '');
    taken.add(variable);
    variables.set(item, variable);
  }
  return variables;
}

/** The namespace that every object of a chart has, which the chart can state once. */
function commonNamespace(
  items: readonly Item[],
  plans: readonly ObjectPlan[],
  { scopes }: ProgramContext,
): string | undefined {
  const policies = new Set(plans.filter(({ form }) => form === 'policy').map(({ item }) => item));
  const namespaces = new Set<string>();
  for (const item of items) {
    // Constructs for cluster-scoped policies do not take the namespace of the chart; other objects do.
    if (policies.has(item) && scopes.scopeOf(item.object) === 'cluster') continue;
    namespaces.add(textOf(item.object.metadata?.namespace));
  }
  const [only] = namespaces;
  return namespaces.size === 1 && only !== '' ? only : undefined;
}

function isPolicyKind(kind: string): boolean {
  return /(Propagation|Override)Policy$/.test(kind);
}

/** What a chart has, in words. */
export function summaryOf(name: string, items: readonly Item[]): string {
  // The order of the files does not count, so that the text stays.
  const kinds = [...new Set(items.map(({ object }) => object.kind))].sort(
    (one, other) => Number(isPolicyKind(one)) - Number(isPolicyKind(other)) || compareText(one, other),
  );
  return `${joinWords(kinds, 'and', 5)} of ${name}.`.replaceAll('*/', '* /');
}
