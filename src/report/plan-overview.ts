import type { ReplicaRange, TemplatePlan } from '../planner';
import { counted, printable, rangeText } from '../problem/words';
import { isNowhere, whyOf } from './cell';
import type { PlanPart } from './plan-part';
import type { Style } from './style';
import { drawTable } from './table';
import { labelled } from './words';

/** More templates than this do not fit on a screen, so an overview comes first. */
const manyTemplates = 60;
/** Longer lists are cut. */
const mostNowhere = 8;
const mostGroups = 12;
const mostClusters = 5;

/** Whether a plan is too large to be listed in full, unless the user asked for a part of it. */
export function needsOverview({ templates, narrowed }: PlanPart): boolean {
  return templates.length > manyTemplates && !narrowed;
}

/** What ends up nowhere, and the totals by region and cluster. Fits on a screen for any number of templates and clusters. */
export function planOverview(part: PlanPart, width: number, style: Style): string[] {
  return [...nowhere(part, width, style), ...totals(part, style)];
}

function nowhere({ templates }: PlanPart, width: number, style: Style): string[] {
  const lost = templates.filter(isNowhere);
  if (lost.length === 0) return [];
  const lines = lost.slice(0, mostNowhere).flatMap((template) => {
    const [first = '', ...more] = labelled('nowhere', `${template.key}: ${whyOf(template.outcome)}`, width);
    return more.length === 0 ? [first] : [`${first} …`];
  });
  const rest = lost.length - mostNowhere;
  return [
    style.red(style.bold(`${counted(lost.length, 'template')} with no cluster`)),
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more: --only problems`] : []),
    '',
  ];
}

/** What a cluster or a region runs of all templates. */
interface Total {
  readonly name: string;
  readonly templates: number;
  readonly min: number;
  readonly max: number;
}

function totals(part: PlanPart, style: Style): string[] {
  const regionOf = new Map(part.clusters.map(({ name, region }) => [name, region ?? '']));
  const regions = totalsBy(part, (cluster) => regionOf.get(cluster));
  const clusters = totalsBy(part, (cluster) => (regionOf.has(cluster) ? cluster : undefined));
  const shown =
    clusters.length <= mostGroups ? clusters : [...clusters.slice(0, mostClusters), ...clusters.slice(-mostClusters)];
  const hidden = clusters.length - shown.length;
  const empty = part.clusters.length - clusters.length;
  const legend = [
    ...(hidden > 0 ? [`${counted(hidden, 'cluster')} between the first and the last ${mostClusters} not shown`] : []),
    ...(empty > 0 ? [`${counted(empty, 'cluster')} with nothing`] : []),
  ];
  return [
    ...(regions.some(({ name }) => name !== '') ? [table('region', regions.slice(0, mostGroups)), ''] : []),
    table('cluster', shown),
    ...(legend.length > 0 ? [style.dim(legend.join('; '))] : []),
  ];
}

function table(what: string, rows: readonly Total[]): string {
  const columns = [
    { title: what, alignment: 'left' },
    { title: 'objects', alignment: 'right' },
    { title: 'replicas', alignment: 'right' },
  ] as const;
  return drawTable(
    columns,
    rows.map(({ name, templates, ...replicas }) => [
      name === '' ? 'no region' : printable(name),
      String(templates),
      rangeText(replicas),
    ]),
  );
}

/** Totals by group, the most replicas first. A group counts a template once, whatever the number of its clusters. */
function totalsBy({ templates }: PlanPart, groupOf: (cluster: string) => string | undefined): Total[] {
  const totals = new Map<string, Total>();
  for (const template of templates) {
    for (const [name, { min, max }] of rangesBy(template, groupOf)) {
      const total = totals.get(name) ?? { name, templates: 0, min: 0, max: 0 };
      totals.set(name, { name, templates: total.templates + 1, min: total.min + min, max: total.max + max });
    }
  }
  return [...totals.values()].sort((a, b) => b.max - a.max || b.templates - a.templates);
}

/** The fewest and most pods of a template in each group, in the end. */
function rangesBy(
  template: TemplatePlan,
  groupOf: (cluster: string) => string | undefined,
): ReadonlyMap<string, ReplicaRange> {
  const { outcome, possibleClusters } = template;
  const sums = (podsIn: (cluster: string) => number): ReadonlyMap<string, number> => {
    const sum = new Map<string, number>();
    for (const cluster of possibleClusters) {
      const group = groupOf(cluster);
      if (group !== undefined) sum.set(group, (sum.get(group) ?? 0) + podsIn(cluster));
    }
    return sum;
  };
  // In a tie a replica that one cluster of a group loses may go to another one of the group.
  const results =
    outcome.kind === 'either' ? [template.finalWhen('ascending'), template.finalWhen('descending')] : [template.final];
  const least = results.map((final) => sums((cluster) => final.get(cluster)?.min ?? 0));
  const most = results.map((final) => sums((cluster) => final.get(cluster)?.max ?? 0));
  return new Map(
    [...(least[0] ?? [])].map(([group]) => [
      group,
      {
        min: Math.min(...least.map((sum) => sum.get(group) ?? 0)),
        max: Math.max(...most.map((sum) => sum.get(group) ?? 0)),
      },
    ]),
  );
}
