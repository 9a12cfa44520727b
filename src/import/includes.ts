import { legacyUrl, type ModuleKind, type Statement } from './chart-file';
import type { ConstructIds } from './construct-ids';
import type { Item } from './items';
import { joinedText } from './legacy-text';
import type { DistinctNames } from './names';
import type { CodePlace, IncludePlan, ObjectPlan } from './object-plan';
import { Chain, type ConstantName } from './print-typescript';

/** YAML to be included. */
export interface LegacyFile {
  /** Name below `legacy/`. */
  readonly name: string;
  readonly text: string;
  readonly isSecret: boolean;
}

/** The files of a chart that are included. */
export class Legacy {
  readonly files: LegacyFile[] = [];

  /**
   * @param group - name of the chart
   * @param names - of files that other charts have
   */
  constructor(
    private readonly group: string,
    private readonly names: DistinctNames,
    private readonly module: ModuleKind,
  ) {}

  /** Includes for objects, whatever their order. Secrets are in files of their own. */
  all(plans: readonly IncludePlan[], scope: ConstantName, ids: ConstructIds): readonly Statement[] {
    return [false, true].flatMap((isSecret) => {
      const some = plans.filter(({ item }) => item.isSecret === isSecret);
      return distinctRuns(some).map((run) => this.#include(run, scope, ids));
    });
  }

  /**
   * The same for objects whose order counts, with other constructs between them.
   *
   * @param variables - for the objects that later statements name: each has a construct of its own
   */
  inOrder(
    plans: readonly ObjectPlan[],
    place: CodePlace,
    variables: ReadonlyMap<Item, string> = new Map(),
  ): readonly Statement[] {
    const statements: Statement[] = [];
    let run: IncludePlan[] = [];
    const close = () => {
      if (run.length > 0) statements.push(this.#include(run, place.scope, place.ids));
      run = [];
    };
    for (const plan of plans) {
      const variable = variables.get(plan.item);
      if (variable !== undefined) {
        close();
        const code = plan.form === 'include' ? this.#include([plan], place.scope, place.ids).code : plan.code(place);
        statements.push({ code, variable, keys: [plan.item.key] });
      } else if (plan.form === 'include') {
        const last = run.at(-1);
        const ids = run.map(includeId);
        if (last && (last.item.isSecret !== plan.item.isSecret || ids.includes(includeId(plan)))) close();
        run.push(plan);
      } else {
        close();
        statements.push({ code: plan.code(place), keys: [plan.item.key] });
      }
    }
    close();
    return statements;
  }

  #include(run: readonly IncludePlan[], scope: ConstantName, ids: ConstructIds): Statement {
    const isSecret = run[0]!.item.isSecret;
    const name = `${this.names.take(`${this.group}${isSecret ? '-secrets' : ''}`)}.yaml`;
    this.files.push({ name, text: joinedText(run.map(({ text }) => text)), isSecret });
    return {
      code: Chain.of('new Include', scope, ids.take(isSecret ? 'secrets' : 'manifests'), {
        url: legacyUrl(name, this.module),
      }),
      keys: run.map(({ item }) => item.key),
    };
  }
}

/** Include names its constructs like this, so two of one name need two files. */
function includeId({ item }: IncludePlan): string {
  const { kind, metadata } = item.object;
  return [metadata?.name, kind.toLowerCase(), metadata?.namespace].filter(Boolean).join('-');
}

function distinctRuns(plans: readonly IncludePlan[]): readonly (readonly IncludePlan[])[] {
  const runs: { readonly ids: Set<string>; readonly plans: IncludePlan[] }[] = [];
  for (const plan of plans) {
    const id = includeId(plan);
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
