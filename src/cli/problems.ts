import { placeOf, type ReadProblem } from '../manifests';
import { counted, printableData } from '../problem/words';
import { styleFor } from '../report';
import type { CliIo } from './io';

/** Most problems that are printed for one file, and in all. `--json` lists every problem. */
const mostShown = { file: 20, all: 200 };

/** Prints read problems to standard error. @returns whether objects are missing */
export function tellProblems(problems: readonly ReadProblem[], io: CliIo): boolean {
  const style = styleFor(io.color.err);
  const shown = firstOfEachFile(problems);
  for (const problem of printableData(shown)) {
    const word = problem.severity === 'error' ? style.red('error  ') : style.yellow('warning');
    io.err(`${word}  ${style.bold(placeOf(problem))}  ${problem.message}\n`);
    io.err(`         why  ${problem.why}\n         fix  ${problem.fix}\n`);
  }
  if (shown.length < problems.length) {
    io.err(`${counted(problems.length - shown.length, 'more problem')} in reading, not shown\n`);
  }
  return problems.some(({ severity }) => severity === 'error');
}

function firstOfEachFile(problems: readonly ReadProblem[]): readonly ReadProblem[] {
  const shownOf = new Map<string, number>();
  const first = problems.filter(({ file }) => {
    const shown = shownOf.get(file) ?? 0;
    shownOf.set(file, shown + 1);
    return shown < mostShown.file;
  });
  return first.slice(0, mostShown.all);
}
