import { printText } from '../print-typescript';

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

/**
 * The main program of a project: a Federation of the fleet that `./fleet` exports, with charts.
 *
 * @param application - name of the Federation
 */
export function mainProgram(
  application: string,
  charts: readonly ProgramChart[],
  { extension = '' }: ProgramStyle = {},
): string {
  const imports = charts.map(
    ({ className, module }) => `import { ${className} } from ${printText(`${module}${extension}`)};\n`,
  );
  const created = charts.map(({ className, id }) => `new ${className}(federation, ${printText(id)});\n`);
  return `import { Federation } from 'cdk8s-karmada';
import { fleet } from ${printText(`./fleet${extension}`)};
${imports.join('')}
const federation = new Federation({ fleet, name: ${printText(application)} });
${created.join('')}federation.synth();
`;
}
