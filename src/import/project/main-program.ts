import { type LiteralValue, printLiteral, printText } from '../print-typescript';

/** A chart of a program: a class that a module exports, and the id of the chart. */
export interface ProgramChart {
  readonly className: string;
  /** Path of the module from the program, without extension, such as `./web`. */
  readonly module: string;
  readonly id: string;
}

/** How a program is written. */
export interface ProgramStyle {
  /** Extension in imports of the program's own modules: `.js` in an ECMAScript module. @default - none */
  readonly extension?: string;
}

/** What a main program has in addition to its charts. */
export interface MainProgramOptions extends ProgramStyle {
  /** Whether there is a module `./fleet`. @default true */
  readonly hasFleet?: boolean;
  /** Severities of lint rules. @default - those of the rules */
  readonly lint?: Readonly<Record<string, LiteralValue>>;
  /** Comment lines above the Federation. @default - none */
  readonly note?: readonly string[];
}

/**
 * The main program of a project: a Federation of the fleet that `./fleet` exports, with charts.
 *
 * @param application - name of the Federation; @default - none
 */
export function mainProgram(
  application: string | undefined,
  charts: readonly ProgramChart[],
  { extension = '', hasFleet = true, lint, note = [] }: MainProgramOptions = {},
): string {
  const imports = [
    ...(hasFleet ? [{ name: 'fleet', module: './fleet' }] : []),
    ...charts.map(({ className, module }) => ({ name: className, module })),
  ];
  const props = [
    ...(hasFleet ? ['fleet'] : []),
    ...(application === undefined ? [] : [`name: ${printText(application)}`]),
    ...(lint ? [`lint: ${printLiteral(lint, '  ', '  lint: '.length)}`] : []),
  ];
  const start = 'const federation = new Federation(';
  const flat = props.length === 0 ? '' : `{ ${props.join(', ')} }`;
  const isShort = !flat.includes('\n') && start.length + flat.length + 2 <= 120;
  const broken = `{\n${props.map((prop) => `  ${prop},\n`).join('')}}`;
  const created = charts.map(({ className, id }) => `new ${className}(federation, ${printText(id)});\n`);
  return `import { Federation } from 'cdk8s-karmada';
${imports.map(({ name, module }) => importLine(name, module, { extension })).join('')}
${note.map((line) => `// ${line}\n`).join('')}${start}${isShort ? flat : broken});
${created.join('')}federation.synth();
`;
}

/** An import from a module of the same program. */
export function importLine(name: string, module: string, { extension = '' }: ProgramStyle): string {
  return `import { ${name} } from ${printText(`${module}${extension}`)};\n`;
}
