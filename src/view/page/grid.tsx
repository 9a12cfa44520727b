import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Column, Row } from '../answer';
import { cellSentence, rowTitle, shown } from './text';

const rowHeight = 36;
const labelWidth = 270;
/** Rows and columns that are drawn outside the visible part, so that scrolling shows no gap. */
const margin = 6;

interface Place {
  readonly row: number;
  /** 0 is the template, 1 the first cluster. */
  readonly column: number;
}

interface GridProps {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly out: ReadonlySet<string>;
  readonly openKey: string | undefined;
  readonly openCluster: string | undefined;
  readonly onOpen: (row: Row, cluster: string | undefined) => void;
  readonly onToggle: (cluster: string) => void;
  readonly onClose: () => void;
}

/** Templates by clusters. Only what is visible is in the document. */
export function Grid({ columns, rows, out, openKey, openCluster, onOpen, onToggle, onClose }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, left: 0, width: 1200, height: 800 });
  const [wanted, setActive] = useState<Place>({ row: 0, column: 0 });
  // A filter may have left fewer rows; one cell can always be reached by Tab.
  const active = { row: Math.min(wanted.row, rows.length - 1), column: Math.min(wanted.column, columns.length) };
  const latest = useRef(active);
  latest.current = active;
  const moved = useRef(false);

  useLayoutEffect(() => {
    const element = scroller.current as HTMLDivElement;
    const measure = () =>
      setView({
        top: element.scrollTop,
        left: element.scrollLeft,
        width: element.clientWidth,
        height: element.clientHeight,
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  const longest = columns.reduce((most, { name }) => Math.max(most, name.length), 0);
  const least = Math.min(Math.max(64, longest * 7.5 + 26), 150);
  const width = Math.max(least, Math.min(170, Math.floor((view.width - labelWidth - 2) / Math.max(columns.length, 1))));
  const groups = groupsOf(columns);
  const headHeight = groups.some(({ group }) => group !== '') ? 66 : 40;
  const firstRow = Math.max(0, Math.floor(view.top / rowHeight) - margin);
  const lastRow = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + margin);
  const firstColumn = Math.max(0, Math.floor(view.left / width) - 2);
  const lastColumn = Math.min(columns.length, Math.ceil((view.left + view.width) / width) + 2);
  const shownRows = rows.slice(firstRow, lastRow).map((row, index) => ({ row, at: firstRow + index }));
  const current = rows[active.row];
  // The cell with the focus stays in the document.
  if (current && (active.row < firstRow || active.row >= lastRow)) shownRows.push({ row: current, at: active.row });
  const shownColumns = columns
    .slice(firstColumn, lastColumn)
    .map((column, index) => ({ column, at: firstColumn + index }));
  const focused = columns[active.column - 1];
  if (focused && (active.column - 1 < firstColumn || active.column - 1 >= lastColumn)) {
    shownColumns.push({ column: focused, at: active.column - 1 });
  }
  const most = Math.max(1, ...shownRows.flatMap(({ row }) => row.cells.map((cell) => cell.most)));

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const element = scroller.current as HTMLDivElement;
    const top = active.row * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + rowHeight + headHeight;
    if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    if (active.column > 0) {
      const left = (active.column - 1) * width;
      if (left < element.scrollLeft) element.scrollLeft = left;
      const right = left + width + labelWidth;
      if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
    } else {
      element.scrollLeft = 0;
    }
    requestAnimationFrame(() => {
      const { row, column } = latest.current;
      element.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus({ preventScroll: true });
    });
  }, [wanted]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((view.height - headHeight) / rowHeight) - 1);
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: event.ctrlKey ? [-rows.length, -columns.length] : [0, -columns.length],
      End: event.ctrlKey ? [rows.length, columns.length] : [0, columns.length],
    };
    if (event.key === 'Escape') onClose();
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (!step || !(event.target as HTMLElement).dataset['place']) return;
    event.preventDefault();
    moved.current = true;
    // Keys can come faster than the page is drawn.
    setActive(({ row, column }) => ({
      row: Math.min(Math.max(0, Math.min(row, rows.length - 1) + step[0]), rows.length - 1),
      column: Math.min(Math.max(0, column + step[1]), columns.length),
    }));
  };

  const place = (row: number, column: number) => ({
    'data-place': `${row}:${column}`,
    tabIndex: row === active.row && column === active.column ? 0 : -1,
    onFocus: () => {
      if (row !== active.row || column !== active.column) setActive({ row, column });
    },
  });

  return (
    <div class="scroller" ref={scroller}>
      <div
        role="grid"
        aria-label="Replicas of each template in each cluster"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        style={{
          width: `${labelWidth + columns.length * width}px`,
          height: `${headHeight + rows.length * rowHeight}px`,
        }}
        onKeyDown={onKeyDown}
      >
        <div class="head" style={{ height: `${headHeight}px` }} role="row" aria-rowindex={1}>
          <div
            class="corner"
            role="columnheader"
            aria-colindex={1}
            style={{ width: `${labelWidth}px`, height: `${headHeight}px` }}
          >
            template
          </div>
          {headHeight > 40 &&
            groups.map(({ group, from, count }) => (
              <div
                class="group"
                role="presentation"
                key={`${group}${from}`}
                style={{ left: `${labelWidth + from * width}px`, width: `${count * width}px` }}
              >
                <span>{shown(group) || 'no region'}</span>
              </div>
            ))}
          {shownColumns.map(({ column, at }) => (
            <div
              role="columnheader"
              aria-colindex={at + 2}
              class={`cluster${column.name === openCluster ? ' open' : ''}`}
              key={column.name}
              style={{ left: `${labelWidth + at * width}px`, width: `${width}px` }}
            >
              <button
                type="button"
                aria-pressed={out.has(column.name)}
                title={`${shown(column.name)}: what if it is out?`}
                onClick={() => onToggle(column.name)}
              >
                {shown(column.name)}
              </button>
            </div>
          ))}
        </div>
        {shownRows.map(({ row, at }) => (
          <div
            role="row"
            aria-rowindex={at + 2}
            key={row.key}
            class={`row${row.key === openKey ? ' open' : ''}${row.only ? ` only-${row.only}` : ''}${at % 2 === 1 ? ' odd' : ''}`}
            style={{ top: `${headHeight + at * rowHeight}px` }}
          >
            <div
              role="rowheader"
              aria-colindex={1}
              class="label"
              style={{ width: `${labelWidth}px` }}
              title={shown(row.key)}
              aria-label={`${rowTitle(row)}, ${row.outcomeText}${row.replicas ? `, ${row.replicas}` : ''}${row.problem ? ', needs a look' : ''}`}
              {...place(at, 0)}
              onClick={() => onOpen(row, undefined)}
              onKeyDown={(event) => event.key === 'Enter' && onOpen(row, undefined)}
            >
              <span
                class={`dot ${row.problem ? 'bad' : row.outcome === 'certain' ? 'good' : 'open-end'}`}
                aria-hidden="true"
              />
              <span class="name">
                <b>{shown(row.name)}</b> <span class="kind">{shown(row.kind)}</span>
                <span class="under">
                  {[
                    row.namespace && shown(row.namespace),
                    row.replicas,
                    row.outcome === 'certain' ? '' : row.outcomeText,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
            </div>
            {shownColumns.map(({ column, at: position }) => {
              const cell = row.cells[position];
              if (!cell) return null;
              const height = cell.look === 'none' || cell.look === 'out' ? 0 : Math.round((26 * cell.most) / most);
              const isOpen = row.key === openKey && column.name === openCluster;
              return (
                <div
                  role="gridcell"
                  aria-colindex={position + 2}
                  key={column.name}
                  class={`cell ${cell.look}${cell.missing ? ' missing' : ''}${cell.was === undefined ? '' : ' changed'}${isOpen ? ' open' : ''}`}
                  style={{ left: `${labelWidth + position * width}px`, width: `${width}px` }}
                  title={cellSentence(row, cell, column.name)}
                  aria-label={cellSentence(row, cell, column.name)}
                  {...place(at, position + 1)}
                  onClick={() => onOpen(row, column.name)}
                  onKeyDown={(event) => event.key === 'Enter' && onOpen(row, column.name)}
                >
                  {height > 0 && <span class="bar" style={{ height: `${Math.max(3, height)}px` }} aria-hidden="true" />}
                  {cell.missing && (
                    <span class="sign" aria-hidden="true">
                      !
                    </span>
                  )}
                  {cell.was !== undefined && <s aria-hidden="true">{cell.was}</s>}
                  <span class="number">{cell.text}</span>
                  {cell.now !== undefined && <small aria-hidden="true">now {cell.now}</small>}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

interface Group {
  readonly group: string;
  readonly from: number;
  count: number;
}

function groupsOf(columns: readonly Column[]): readonly Group[] {
  const groups: Group[] = [];
  for (const [index, { group }] of columns.entries()) {
    const last = groups.at(-1);
    if (last?.group === group) last.count++;
    else groups.push({ group, from: index, count: 1 });
  }
  return groups;
}
