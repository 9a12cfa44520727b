import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { joinWords, nearMiss, quoted } from '../../problem/words';

/** Collects what the API server refuses of one object. */
export class Faults {
  readonly found: FieldProblem[] = [];

  add(code: string, path: string, message: string, fix: string, reportedAs?: string): void {
    this.found.push(fieldProblem(code, path, message, fix, reportedAs === undefined ? {} : { reportedAs }));
  }

  addAll(problems: Iterable<FieldProblem>): void {
    for (const problem of problems) this.found.push(problem);
  }

  /** A field that is absent or empty. */
  missing(path: string, message = 'is required', fix = `add ${lastName(path)}`, reportedAs?: string): void {
    this.add('missing-field', path, message, fix, reportedAs);
  }

  /** A field that is not allowed because of another one, or because another one is absent. */
  excluded(path: string, message: string, fix = `remove ${lastName(path)}`, reportedAs?: string): void {
    this.add('contradiction', path, message, fix, reportedAs);
  }

  /** A value that the server rejects. */
  invalid(path: string, message: string, fix: string, reportedAs?: string): void {
    this.add('malformed-value', path, message, fix, reportedAs);
  }

  /** A value that is not one of a few words. */
  oneOf(path: string, value: string, words: readonly string[], reportedAs?: string): void {
    if (words.includes(value)) return;
    const meant = nearMiss(value, words);
    this.add(
      'unknown-value',
      path,
      `must be ${joinWords(words, 'or')}, got ${quoted(value)}`,
      meant === undefined ? `use ${joinWords(words, 'or')}` : `write ${meant}`,
      reportedAs,
    );
  }

  /** Items that are in a list twice. Empty identities are skipped. */
  unique(path: string, identities: readonly (string | undefined)[], field = ''): void {
    if (identities.length < 2) return;
    const seen = new Set<string>();
    identities.forEach((identity, index) => {
      if (identity === undefined || identity === '') return;
      if (seen.has(identity)) {
        const at = `${path}[${index}]${field && `.${field}`}`;
        this.add('repeated-item', at, `${quoted(identity)} is listed twice`, 'keep one of them, or rename it');
      }
      seen.add(identity);
    });
  }
}

function lastName(path: string): string {
  return /([\w$-]+)(\[[^\]]*\])*$/.exec(path)?.[1] ?? 'it';
}
