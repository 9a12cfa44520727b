import { placeOf, type ReadProblem } from '../manifests';
import { printableData } from '../problem/words';
import { styleFor } from '../report';
import type { CliIo } from './io';

/** Prints read problems to standard error. @returns whether objects are missing */
export function tellProblems(problems: readonly ReadProblem[], io: CliIo): boolean {
  const style = styleFor(io.color.err);
  for (const problem of printableData(problems)) {
    const word = problem.severity === 'error' ? style.red('error  ') : style.yellow('warning');
    io.err(`${word}  ${style.bold(placeOf(problem))}  ${problem.message}\n`);
    io.err(`         why  ${problem.why}\n         fix  ${problem.fix}\n`);
  }
  return problems.some(({ severity }) => severity === 'error');
}

/** Prints one documented object, and nothing else, to standard output. */
export function printJson(io: CliIo, command: string, content: object): void {
  io.out(`${JSON.stringify({ version: 1, command, ...content }, null, 2)}\n`);
}
