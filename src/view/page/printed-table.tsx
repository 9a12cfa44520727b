import { useEffect, useState } from 'preact/hooks';
import type { Row, ViewAnswer } from '../answer';
import { shown } from './text';

const most = 2000;

/** A plain table, made only for a printer, which cannot scroll. */
export function PrintedTable({ answer, rows }: { readonly answer: ViewAnswer; readonly rows: readonly Row[] }) {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    const onChange = () => setPrinting(media.matches);
    const on = () => setPrinting(true);
    const off = () => setPrinting(false);
    media.addEventListener('change', onChange);
    addEventListener('beforeprint', on);
    addEventListener('afterprint', off);
    return () => {
      media.removeEventListener('change', onChange);
      removeEventListener('beforeprint', on);
      removeEventListener('afterprint', off);
    };
  }, []);
  if (!isPrinting) return null;
  return (
    <table class="printed">
      <thead>
        <tr>
          <th>template</th>
          <th>policy</th>
          {answer.columns.map(({ name }) => (
            <th key={name}>{shown(name)}</th>
          ))}
          <th>outcome</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, most).map((row) => (
          <tr key={row.key}>
            <th scope="row">{shown(row.key)}</th>
            <td>{shown(row.policy)}</td>
            {row.cells.map((cell, index) => (
              <td key={answer.columns[index]?.name} class={cell.missing ? 'missing' : ''}>
                {cell.text}
                {cell.missing ? ' !' : ''}
              </td>
            ))}
            <td>{row.outcomeText}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
