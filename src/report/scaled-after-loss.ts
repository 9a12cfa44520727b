import { type ChangeAfterLoss, type Outcome, type OutcomeJson, outcomeJson, type TemplatePlan } from '../planner';
import { resultText } from './explanation';

/** Templates scaled while clusters are lost. */
export interface ScaledAfterLoss {
  /** What the user wrote: `pipy=6`. */
  readonly name: string;
  /** Keys of the scaled templates. */
  readonly templates: readonly string[];
  readonly change: ChangeAfterLoss;
}

/** The documented shape of scaled templates: where they are bound, and what of it runs. */
export function scaledJson(scaled: readonly ScaledAfterLoss[]): readonly {
  readonly name: string;
  readonly templates: readonly {
    readonly template: string;
    readonly bound: OutcomeJson;
    readonly running: OutcomeJson;
  }[];
}[] {
  return scaled.map(({ name, templates, change }) => ({
    name,
    templates: templates.flatMap((template) => {
      const [bound, running] = [change.plan.template(template)?.outcome, change.running(template)];
      return bound && running ? [{ template, bound: outcomeJson(bound), running: outcomeJson(running) }] : [];
    }),
  }));
}

/** Each scaled template in a sentence: `4 of 6 run: 2 each in member1 and member2; 2 bound to member3`. */
export function scaledTexts(
  { templates, change }: ScaledAfterLoss,
  lost: readonly string[],
): readonly { readonly template: string; readonly text: string }[] {
  return templates.flatMap((key) => {
    const template = change.plan.template(key);
    const running = change.running(key);
    if (!template || !running) return [];
    const text = runningText(template, running, lost);
    return [{ template: key, text }];
  });
}

function runningText(template: TemplatePlan, running: Outcome, lost: readonly string[]): string {
  const { outcome, replicas = 0 } = template;
  const isLost = (cluster: string): boolean => lost.includes(cluster);
  switch (outcome.kind) {
    case 'certain':
      return resultIn(template, outcome.replicas, isLost);
    case 'either':
      return `${resultIn(template, outcome.ascending, isLost)}; or ${resultIn(template, outcome.descending, isLost)}`;
    case 'atRunTime':
      return `${replicas} over ${running.kind === 'atRunTime' ? running.clusters.length : 0} clusters that answer${outcome.clusters.some(isLost) ? ` and ${outcome.clusters.filter(isLost).join(', ')}` : ''}: decided at run time`;
    case 'unschedulable':
    case 'unmatched':
      return `not scheduled: ${outcome.why}`;
    default:
      return outcome satisfies never;
  }
}

function resultIn(
  template: TemplatePlan,
  result: ReadonlyMap<string, number>,
  isLost: (cluster: string) => boolean,
): string {
  const runs = new Map([...result].filter(([cluster]) => !isLost(cluster)));
  const gone = new Map([...result].filter(([cluster]) => isLost(cluster)));
  const sum = (replicas: ReadonlyMap<string, number>): number => [...replicas.values()].reduce((a, b) => a + b, 0);
  const where = runs.size > 0 ? `: ${resultText(runs, template)}` : '';
  const bound = gone.size > 0 ? `; bound without running: ${resultText(gone, template)}` : '';
  return `${sum(runs)} of ${sum(result)} run${where}${bound}`;
}
