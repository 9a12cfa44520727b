import { joinWords, printable } from '../../problem/words';
import type { Cell, Row } from '../answer';

/** A name as the page may show it: nothing in it is hidden or reordered. */
export const shown = printable;

/** `pipy (Deployment)`. */
export function rowTitle({ kind, name }: Row): string {
  return `${shown(name)} (${shown(kind)})`;
}

const looks = {
  sure: '',
  maybe: ', not certain',
  none: '',
  out: ', the cluster is out',
} as const;

/** A cell as a sentence, for screen readers and tooltips. */
export function cellSentence(row: Row, cell: Cell, cluster: string): string {
  const amount =
    cell.look === 'none'
      ? 'nothing'
      : cell.look === 'out'
        ? 'nothing'
        : /^\d/.test(cell.text)
          ? `${cell.text} replicas`
          : cell.text;
  const was = cell.was === undefined ? '' : `; ${cell.was === '-' ? 'nothing' : cell.was} before`;
  const now = cell.now === undefined ? '' : `; ${cell.now} now`;
  return `${rowTitle(row)} in ${shown(cluster)}: ${amount}${looks[cell.look]}${missingText(cell)}${was}${now}`;
}

/** `; curl runs here and may find no server`. */
export function missingText({ missing }: Cell): string {
  if (!missing) return '';
  const clients = joinWords(missing.clients.map(shortName), 'and', 4);
  const verb = missing.clients.length === 1 ? 'runs' : 'run';
  return `; ${clients} ${verb} here and ${missing.always ? 'find no server' : 'may find no server'}`.replace(
    / runs here and find/,
    ' runs here and finds',
  );
}

/** `pipy` of `Deployment/default/pipy`. */
export function shortName(key: string): string {
  return shown(key.slice(key.lastIndexOf('/') + 1));
}
