import { compareText, textOf } from '../kubernetes/plain-data';
import { joinWords } from '../problem/words';
import { type AppPlan, appPlan } from './app-plan';
import type { Statement } from './chart-file';
import { ConstructIds } from './construct-ids';
import { type Group, isPropagationPolicy } from './groups';
import { Legacy, type LegacyFile } from './includes';
import type { Item } from './items';
import { type DistinctNames, variableFor } from './names';
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
  for (const policy of items.filter(isPropagationPolicy)) {
    const app = appPlan(policy, context);
    if ('why' in app) whyNoApp.set(policy, app.why);
    else apps.push(app);
  }
  const inApps = new Set(apps.flatMap(({ policy, shorthand, children }) => [policy, ...shorthand, ...children]));
  const plans = items.filter((item) => !inApps.has(item)).map((item) => objectPlan(item, context));
  const namespace = commonNamespace(items, plans, context);
  const ids = new ConstructIds();
  const legacy = new Legacy(name, files, context.module);

  const outcomes: Outcome[] = [];
  const statements: Statement[] = [];
  for (const app of apps) {
    const childPlans = app.children.map((child) => objectPlan(child, context));
    const id = ids.take(app.id);
    const variable = variableFor(name);
    const scope = new ConstantName(variable);
    statements.push({
      code: Chain.of('new FederatedApp', here, id, app.props),
      ...(childPlans.length > 0 && { variable }),
      keys: [app.policy, ...app.shorthand].map(({ key }) => key),
    });
    statements.push(...legacy.inOrder(childPlans, { scope, ids: new ConstructIds(), namespace }));
    outcomes.push({ item: app.policy, form: 'app' });
    outcomes.push(...app.shorthand.map((item): Outcome => ({ item, form: 'shorthand' })));
    outcomes.push(
      ...childPlans.map(({ item, why }): Outcome => ({ item, form: 'app', ...(why !== undefined && { why }) })),
    );
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
