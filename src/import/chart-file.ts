import { Chain, ConstantName, type LiteralValue, printLiteral, printText } from './print-typescript';
import { importLine } from './project/main-program';

/** Whether a program is CommonJS or an ECMAScript module. */
export type ModuleKind = 'commonjs' | 'esm';

/** What imports of a program's own modules end in. */
export function extensionOf(module: ModuleKind): string {
  return module === 'esm' ? '.js' : '';
}

/** A statement of the constructor of a chart. */
export interface Statement {
  /** A call such as `new Include(…)`. */
  readonly code: LiteralValue;
  /** Name of the variable that holds the result. @default - the result is not needed */
  readonly variable?: string;
  /** Objects that it makes, for messages about its lines. */
  readonly keys: readonly string[];
}

/** A file with a chart. */
export interface ChartFile {
  readonly className: string;
  /** What the chart has, as a comment. */
  readonly summary: string;
  /** Namespace of the chart. @default - none */
  readonly namespace: string | undefined;
  readonly statements: readonly Statement[];
  readonly module: ModuleKind;
}

/** A printed file. */
export interface PrintedChart {
  readonly text: string;
  /** First and last line of each statement, from 1, with its objects. */
  readonly lines: readonly { readonly from: number; readonly to: number; readonly keys: readonly string[] }[];
}

const ofCdk8s = new Set(['ApiObject', 'Chart', 'Duration', 'Include', 'JsonPatch']);

/** Where an included file is, seen from the file of a chart. */
export function legacyUrl(file: string, module: ModuleKind): LiteralValue {
  const folder = new ConstantName(module === 'esm' ? 'import.meta.dirname' : '__dirname');
  return Chain.of('join', folder, `../legacy/${file}`);
}

/** Names below `legacy/` that the text of a chart includes. */
export function legacyFilesIn(text: string): readonly string[] {
  return [...text.matchAll(/["']\.\.\/legacy\/([\w-]+\.yaml)["']/g)].map((match) => match[1]!);
}

/** The text of a file with a chart. */
export function printChartFile({ className, summary, namespace, statements, module }: ChartFile): PrintedChart {
  const names = new Set(['Chart', ...statements.flatMap(({ code }) => [...namesIn(code)])]);
  const imported = (wanted: (name: string) => boolean) => [...names].filter(wanted).sort();
  const ours = imported((name) => /^[A-Z]/.test(name) && !ofCdk8s.has(name));
  const head = [
    ...(names.has('join') ? ["import { join } from 'node:path';"] : []),
    packageImport(
      imported((name) => ofCdk8s.has(name)),
      'cdk8s',
    ),
    ...(ours.length > 0 ? [packageImport(ours, 'cdk8s-karmada')] : []),
    "import type { Construct } from 'constructs';",
    ...(names.has('fleet') ? [importLine('fleet', '../fleet', { extension: extensionOf(module) }).trim()] : []),
    '',
    `/** ${summary} */`,
    `export class ${className} extends Chart {`,
    '  constructor(scope: Construct, id: string) {',
    `    super(scope, id${namespace === undefined ? '' : `, { namespace: ${printText(namespace)} }`});`,
  ];
  const lines: { from: number; to: number; keys: readonly string[] }[] = [];
  let text = `${head.join('\n')}\n`;
  let line = head.length + 1;
  for (const { code, variable, keys } of statements) {
    const start = variable === undefined ? '' : `const ${variable} = `;
    const printed = `    ${start}${printLiteral(code, '    ', 4 + start.length)};\n`;
    text += printed;
    const count = printed.split('\n').length - 1;
    lines.push({ from: line, to: line + count - 1, keys });
    line += count;
  }
  return { text: `${text}  }\n}\n`, lines };
}

function packageImport(names: readonly string[], from: string): string {
  const flat = `import { ${names.join(', ')} } from '${from}';`;
  return flat.length <= 120 ? flat : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';`;
}

/** The names that code refers to. */
function* namesIn(value: LiteralValue): Iterable<string> {
  if (value instanceof ConstantName) yield* rootsOf(value.name);
  else if (value instanceof Chain) {
    yield* rootsOf(value.root);
    for (const { args } of value.steps) for (const arg of args) yield* namesIn(arg);
  } else if (Array.isArray(value)) for (const item of value as LiteralValue[]) yield* namesIn(item);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* namesIn(item);
}

function rootsOf(name: string): readonly string[] {
  return [name.replace(/^new /, '').split('.')[0]!];
}
