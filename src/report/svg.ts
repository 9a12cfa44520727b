import { markupText, printable } from '../problem/words';
import { cellsOf, outcomeCell } from './cell';
import type { PictureCall } from './mermaid';
import type { PlanPart } from './plan-part';

const rowHeight = 28;
const headHeight = 34;
// The widest of the common monospaced fonts at this size.
const letter = 7.9;

/**
 * A picture of a plan for documents, as SVG: templates by clusters, in light or dark colours as the reader has them. Striped
 * cells are not certain; a red frame is where a client may find no server.
 */
export function planSvg({ templates, clusters }: PlanPart, calls: readonly PictureCall[] = []): string {
  const missing = new Set(
    calls.flatMap(({ server, workloads, missing: misses }) =>
      misses.flatMap(({ cluster }) => (workloads.length > 0 ? workloads : [server]).map((key) => `${cluster}\n${key}`)),
    ),
  );
  const widthOf = (words: readonly string[], least: number) =>
    Math.ceil(Math.max(least, ...words.map((word) => printable(word).length * letter + 20)));
  const names = clusters.map(({ name }) => name);
  const rows = templates.map((template) => {
    const cellIn = cellsOf(template);
    return { key: template.key, outcome: outcomeCell(template), cells: names.map(cellIn) };
  });
  const first = widthOf(['template', ...rows.map(({ key }) => key)], 120);
  const widths = names.map((name, column) =>
    widthOf([name, ...rows.map(({ cells }) => cells[column]?.text ?? '')], 60),
  );
  const starts = widths.map((_, column) => first + widths.slice(0, column).reduce((sum, width) => sum + width, 0));
  const end = first + widths.reduce((sum, width) => sum + width, 0);
  const width =
    end +
    widthOf(
      rows.map(({ outcome }) => outcome),
      80,
    );
  const height = headHeight + rows.length * rowHeight + 1;
  const label = (x: number, y: number, content: string, kind: string) =>
    `<text x="${x}" y="${y}" class="${kind}">${markupText(content)}</text>`;
  const body = rows.flatMap(({ key, outcome, cells }, index) => {
    const y = headHeight + index * rowHeight;
    return [
      `<path class="line" d="M0 ${y}H${width}"/>`,
      label(10, y + 19, key, 'key'),
      ...cells.flatMap(({ text, certainty }, column) => {
        const [x = 0, cellWidth = 0] = [starts[column], widths[column]];
        const isMissing = missing.has(`${names[column]}\n${key}`);
        const box = `x="${x + 2}" y="${y + 2}" width="${cellWidth - 4}" height="${rowHeight - 4}" rx="4"`;
        return [
          ...(certainty === 'maybe' ? [`<rect ${box} fill="url(#stripes)"/>`] : []),
          ...(isMissing ? [`<rect ${box} class="missing"/>`] : []),
          label(
            x + cellWidth / 2,
            y + 19,
            isMissing && text === '-' ? '0' : text,
            `cell ${isMissing ? 'none' : certainty}`,
          ),
        ];
      }),
      label(end + 10, y + 19, outcome, 'outcome'),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="replicas of each template in each cluster">`,
    `<style>${style}</style>`,
    '<defs><pattern id="stripes" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="8" class="stripe"/></pattern></defs>',
    '<rect class="back" width="100%" height="100%"/>',
    label(10, 22, 'template', 'head'),
    ...names.map((name, column) => label((starts[column] ?? 0) + (widths[column] ?? 0) / 2, 22, name, 'head middle')),
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

const style = [
  'text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1a2028}',
  '.back{fill:#fff}.line{stroke:#dfe3e8}.head{fill:#5c6773}.outcome{fill:#5c6773}',
  '.cell,.middle{text-anchor:middle}.sure{fill:#2f7d4f;font-weight:600}.maybe{fill:#8a6100;font-weight:600}.never{fill:#9aa5b1}',
  '.none{fill:#b3161f;font-weight:600}.missing{fill:none;stroke:#b3161f;stroke-width:2}.stripe{fill:#fff3d6}',
  '@media(prefers-color-scheme:dark){text{fill:#e6e9ee}.back{fill:#14171c}.line{stroke:#313842}.head,.outcome{fill:#9aa5b1}.sure{fill:#57b37d}.maybe{fill:#e0b458}.none{fill:#ff8a8a}.missing{stroke:#ff8a8a}.stripe{fill:#3a2f14}}',
].join('');
