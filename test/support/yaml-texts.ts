import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';

/** Characters that meet in strings which YAML readers disagree about, one set for each kind of trouble. */
const alphabets = [
  '+-.0123456789_eExXoObBaAfFinNIT:Z tT',
  '01_xXoObB+-',
  '0123._eE+-',
  'ab\n\t :#-?|>\'"\\,[]{}&*!%@`~=<',
  'a\n \t',
  'é\u00a0\u2003\ufeff😀z a:\n',
  '\u0001\u0007\r\u001b\n a:"\\',
  'a\u007f\u0080\u0085\u009f\u2028\u2029\ufffe\uffff \n',
  '%-.\na ',
];

/** Strings around every rule of YAML. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  ...alphabets.map((alphabet) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 10 })),
  fc.string({ unit: fc.constantFrom(...'ab\n\t "\\\'\r'), minLength: 30, maxLength: 90 }),
  fc.constantFrom('y', 'no', 'null', 'true', '---', '...', '--- a', '', 'a b', '---\n', '%a', '<<', '='),
);

/** Whether a string is one of those that we quote and cdk8s does not, or escape where cdk8s does not. */
export function isCorrected(text: string): boolean {
  const digits = text.replaceAll('_', '');
  return (
    text === '<<' ||
    text === '=' ||
    text.startsWith('\ufeff') || // at the start of a document it is a byte order mark
    /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/.test(text) || // line breaks of YAML 1.1, and characters that YAML forbids
    /^\n*\t|^[\t\n ]*$/.test(text) || // white space in front of several lines
    /\n \n/.test(text) || // a line of one space
    (/^[-+0-9]/.test(text) && /^[-+]?0[bBoOxX]/.test(digits)) || // numbers of kubectl's alone: 0o17, 0X1F
    (/^[-+0-9]/.test(text) && digits !== text && /^[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?$/.test(digits)) // 1e1_0
  );
}

/** Nested plain data over some strings, no string alone; `jsonOnly` leaves out what JSON cannot hold, so that it can be read back. */
export function plainData(
  text: fc.Arbitrary<string>,
  options: { readonly jsonOnly?: boolean } = {},
): fc.Arbitrary<unknown> {
  const scalar = options.jsonOnly
    ? fc.oneof(
        text,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        fc.boolean(),
        fc.constant(null),
      )
    : fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, 10n));
  return fc
    .letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'medium' },
        scalar,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(text, tie('node'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    .node.filter((value) => typeof value !== 'string');
}

interface ReadObject {
  readonly metadata: { readonly name: string };
  readonly data?: unknown;
}

const hasKubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;

/** The objects that kubectl reads in a text, in order; undefined where the machine has no kubectl, or kubectl refuses the text. */
export function kubectlReads(text: string): readonly ReadObject[] | undefined {
  if (!hasKubectl) return undefined;
  const args = ['label', '--local', '-f', '-', 'read=yes', '-o', 'json', '--dry-run=client'];
  try {
    const output = execFileSync('kubectl', args, {
      input: text,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
    return output
      .trim()
      .split(/\n(?=\{\n)/)
      .map((object) => JSON.parse(object) as ReadObject); // one JSON text after the other
  } catch {
    return undefined;
  }
}
