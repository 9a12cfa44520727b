import { counted, printable } from '../problem/words';
import type { ImportedObject, ImportReport } from './import-report';
import { type ImportForm, importForms } from './rungs';

/** What the forms are called in the report. */
export const formNames: Readonly<Record<ImportForm, string>> = {
  shorthand: 'FederatedApp, its image',
  app: 'FederatedApp',
  policy: 'typed policy',
  'api-object': 'ApiObject',
  include: 'included YAML',
};

/**
 * The report as Markdown: what became what, and why not better.
 *
 * @param proof - what was proven, as one sentence; @default - nothing was
 */
export function importReportText(
  report: ImportReport,
  proof = 'Nothing was run: this text was made by the library.',
): string {
  const { objects, summary, findings, leftOut, skipped, fleet } = report;
  const counts = importForms
    .filter((form) => summary[form] > 0)
    .map((form) => `| ${formNames[form]} | ${summary[form]} |`);
  const sections = [
    '# Import',
    `${counted(summary.objects, 'object')} in ${counted(summary.charts, 'chart')}. ${proof}`,
    ['| became | objects |', '|---|---|', ...counts].join('\n'),
    fleetNote(fleet),
    '## Objects',
    table(
      ['object', 'from', 'became', 'in', 'why not better'],
      objects.map((object) => [titleOf(object), object.from, formNames[object.form], object.file, object.why ?? '']),
    ),
    ...(leftOut.length > 0
      ? [
          '## Left out',
          table(
            ['file', 'why'],
            leftOut.map(({ file, line, message }) => [line === undefined ? file : `${file}:${line}`, message]),
          ),
        ]
      : []),
    ...(skipped.length > 0
      ? [
          '## Made by controllers',
          table(
            ['object', 'why'],
            skipped.map(({ object, why }) => [object, why]),
          ),
        ]
      : []),
    ...(findings.length > 0
      ? [
          '## Findings in the manifests',
          'The program keeps them as they are. Rules with errors are warnings in `main.ts`.',
          table(
            ['severity', 'rule', 'object', 'what', 'fix'],
            findings.map(({ severity, rule, object, message, fix }) => [severity, rule, titleOf(object), message, fix]),
          ),
        ]
      : []),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function fleetNote(fleet: ImportReport['fleet']): string {
  if (fleet === 'given') return '';
  return fleet === 'names'
    ? '`fleet.ts` has the names that policies mention and nothing else. Write the real one with `npx cdk8s-karmada fleet --kubeconfig FILE --out fleet.ts`.'
    : 'No policy names a cluster, so there is no `fleet.ts`. Write one with `npx cdk8s-karmada fleet --kubeconfig FILE --out fleet.ts`, and give it to the Federation.';
}

function titleOf({ kind, namespace, name }: Pick<ImportedObject, 'kind' | 'namespace' | 'name'>): string {
  return [kind, ...(namespace ? [namespace] : []), name].join('/');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return printable(text)
    .replace(/[|\\`<>*_[\]]/g, '\\$&')
    .replace(/\s+/g, ' ');
}
