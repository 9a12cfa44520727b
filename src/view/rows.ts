import { type Cluster, topologyOf } from '../karmada/cluster';
import { textOf } from '../kubernetes/plain-data';
import type { CallAnswer } from '../lint/analysis/answered-calls';
import type { TemplatePlan } from '../planner';
import type { LossPlan } from '../planner/loss/loss-plan';
import { cellsOf, isNowhere, outcomeCell, policyCell } from '../report/cell';
import { wishText } from '../report/explanation';
import type { Cell, Column, Move, Row } from './answer';

/** Clusters of one region and provider stand together, in the order of the fleet. */
export function columnsOf(fleet: readonly Cluster[]): readonly Column[] {
  const groups = new Map<string, Column[]>();
  for (const cluster of fleet) {
    const group = (['region', 'provider'] as const).flatMap((field) => topologyOf(cluster, field)).join(' · ');
    groups.set(group, [...(groups.get(group) ?? []), { name: cluster.name, group }]);
  }
  return [...groups.values()].flat();
}

/** Most cells are equal to others: it returns an equal cell that it was given before, so that a message to the page has each once. */
export function sharing(): (cell: Cell) => Cell {
  const known = new Map<string, Cell>();
  return (cell) => {
    if (cell.missing) return cell;
    const key = `${cell.text}|${cell.look}|${cell.most}|${cell.now}`;
    const same = known.get(key);
    if (!same) known.set(key, cell);
    return same ?? cell;
  };
}

const noCell: Cell = { text: '-', look: 'none', most: 0 };
const outCell: Cell = { text: '×', look: 'out', most: 0 };

function mostOf(template: TemplatePlan, cluster: string): number {
  return template.final.get(cluster)?.max ?? template.replicasIn(cluster).max;
}

/** What is missing of a server, by cluster. */
export type MissingCells = Readonly<Record<string, NonNullable<Cell['missing']>>>;
type MissingServers = ReadonlyMap<string, MissingCells>;

/** What is missing by the cells of a row; undefined if nothing is. */
export function missingOf({ cells }: Row, columns: readonly Column[]): MissingCells | undefined {
  const found = cells.flatMap(({ missing }, index) =>
    missing ? [[columns[index]?.name ?? '', missing] as const] : [],
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The clusters in which servers are missing, by the workloads behind a Service, or the Service without any. */
export function missingByServer(calls: readonly CallAnswer[]): MissingServers {
  const result = new Map<string, Record<string, NonNullable<Cell['missing']>>>();
  for (const { client, server, workloads, missing } of calls) {
    for (const { cluster, always } of missing) {
      for (const key of workloads.length > 0 ? workloads : [server]) {
        const cells = result.get(key) ?? {};
        const known = Object.hasOwn(cells, cluster) ? cells[cluster] : undefined;
        cells[cluster] = { always: always || (known?.always ?? false), clients: [...(known?.clients ?? []), client] };
        result.set(key, cells);
      }
    }
  }
  return result;
}

/** What the rows of one plan have in common. */
export interface RowContext {
  readonly out: ReadonlySet<string>;
  readonly loss?: LossPlan;
  readonly shared: (cell: Cell) => Cell;
}

/**
 * A template and what each cluster gets of it.
 *
 * @param own - where it is a server that is missing
 */
export function rowOf(
  template: TemplatePlan,
  columns: readonly Column[],
  context: RowContext,
  own?: MissingCells,
): Row {
  const { out, loss, shared } = context;
  const { key, manifest } = template;
  const { kind, metadata } = manifest.object;
  const cellIn = cellsOf(template);
  const { current } = template;
  const cells = columns.map(({ name }): Cell => {
    if (out.has(name)) return outCell;
    const { text, certainty, end } = cellIn(name);
    const look = certainty === 'never' ? 'none' : certainty === 'sure' ? 'sure' : 'maybe';
    const most = template.countsReplicas ? mostOf(template, name) : look === 'none' ? 0 : 1;
    const now = current?.get(name) ?? 0;
    const known = current !== undefined && template.countsReplicas && String(now) !== (end === '-' ? '0' : end);
    const absent = own && Object.hasOwn(own, name) ? own[name] : undefined;
    if (!known && !absent && look === 'none') return noCell;
    // A client looks for the server here: nothing is none.
    const shownText = absent && look === 'none' ? '0' : text;
    return shared({ text: shownText, look, most, ...(absent && { missing: absent }), ...(known && { now }) });
  });
  const nowhere = isNowhere(template);
  return {
    key,
    kind,
    namespace: textOf(metadata?.namespace),
    name: textOf(metadata?.name) || key.slice(key.lastIndexOf('/') + 1),
    policy: policyCell(template),
    outcome: (loss?.running(key) ?? template.outcome).kind,
    outcomeText: outcomeCell(template),
    replicas: wishText(template),
    cells,
    problem: nowhere || own !== undefined,
    nowhere,
    changed: false,
  };
}

/** The rows with what was before, and those that are gone. */
export function comparedRows(rows: readonly Row[], baseline: ReadonlyMap<string, Row>): readonly Row[] {
  const compared = rows.map((row): Row => {
    const before = baseline.get(row.key);
    if (before === row) return row;
    if (!before) return { ...row, changed: true, only: 'after' };
    let changed = false;
    const cells = row.cells.map((cell, index) => {
      const was = before.cells[index]?.text ?? '-';
      if (was === cell.text) return cell;
      changed = true;
      return { ...cell, was };
    });
    return changed ? { ...row, cells, changed } : row;
  });
  const keys = new Set(rows.map(({ key }) => key));
  const gone = [...baseline.values()].filter(({ key }) => !keys.has(key));
  return [
    ...compared,
    ...gone.map(
      (row): Row => ({
        ...row,
        cells: row.cells.map(({ text }) => (text === '-' ? noCell : { ...noCell, was: text })),
        problem: false,
        nowhere: false,
        changed: true,
        only: 'before',
      }),
    ),
  ];
}

/** What is different, cell by cell. */
export function movesOf(rows: readonly Row[], columns: readonly Column[]): readonly Move[] {
  return rows
    .filter(({ changed }) => changed)
    .flatMap(({ key, cells, only }) =>
      cells.flatMap((cell, index): readonly Move[] => {
        const cluster = columns[index]?.name ?? '';
        if (cell.was !== undefined) return [{ template: key, cluster, before: cell.was, after: cell.text }];
        return only === 'after' && cell.text !== '-' ? [{ template: key, cluster, before: '-', after: cell.text }] : [];
      }),
    );
}
