import { joinWords } from '../problem/words';
import { styleFor } from '../report/style';
import { pageText } from '../report/terminal-page';
import { defineCommand } from './command';
import type { CliIo } from './io';
import { findSubject, linkedFrom, type Subject, subjectsOf } from './page-index';
import { readPages } from './pages';
import { printJson } from './print-json';

/** Wider lines are harder to read. */
const widest = 100;

/** `explain`: the page about a rule, a kind, an error or a topic. */
export const command = defineCommand<{ readonly json?: boolean }>({
  name: 'explain',
  usage: '[RULE|KIND|ERROR|TOPIC]',
  summary: 'print the page about a rule, a kind, an error or a topic',
  define(command) {
    command
      .description('Prints the page about a rule, a kind, an error or a topic. Without a name it lists what there is.')
      .argument('[name...]', 'such as no-dead-selector, PropagationPolicy, pp, placement.weight, failover')
      .option('--json', 'print JSON (docs/formats.md)');
  },
  async run({ paths, options }, io) {
    const subjects = subjectsOf(readPages());
    const listed = /^rules?$/i.test(paths[0] ?? '') ? subjects.filter(({ type }) => type === 'rule') : subjects;
    if (paths.length === 0 || listed !== subjects) {
      if (options.json) printJson(io, 'explain', { subjects: listed.map(described), summary: counts(listed) });
      else io.out(`${list(listed, io)}\n`);
      return 0;
    }
    const subject = findSubject(subjects, paths.join('-'));
    if (options.json) {
      const { markdown } = subject;
      printJson(io, 'explain', { ...described(subject), markdown, summary: counts([subject]) });
    } else {
      io.out(`${page(subject, subjects, io)}\n`);
    }
    return 0;
  },
});

function described({ type, name, page, summary }: Subject): object {
  return { type, name, page, about: summary };
}

function counts(subjects: readonly Subject[]): Readonly<Record<string, number>> {
  const count = (type: Subject['type']) => subjects.filter((subject) => subject.type === type).length;
  return { topics: count('topic'), kinds: count('kind'), rules: count('rule'), errors: count('error') };
}

function layoutOf({ width, color }: CliIo): { readonly width: number; readonly color: boolean } {
  return { width: Math.min(width, widest), color: color.out };
}

function page(subject: Subject, subjects: readonly Subject[], io: CliIo): string {
  const linked = linkedFrom(subject, subjects);
  const { dim } = styleFor(io.color.out);
  const text = pageText(subject.markdown, layoutOf(io));
  const more = linked.length === 0 ? '' : `\n\n${dim('see also: cdk8s-karmada explain')} ${joinWords(linked, 'or')}`;
  return `${text}${more}`;
}

const titles = { topic: 'Topics', kind: 'Kinds', rule: 'Rules' } as const;

function list(subjects: readonly Subject[], io: CliIo): string {
  const sections = (['topic', 'kind', 'rule'] as const).flatMap((type) => {
    const rows = subjects.filter((subject) => subject.type === type);
    const table = rows.map(({ name, summary }) => `| ${name} | ${summary} |`).join('\n');
    return rows.length === 0 ? [] : [`## ${titles[type]}\n\n| | |\n|---|---|\n${table}`];
  });
  const codes = subjects.filter(({ type, name }) => type === 'error' && name.includes('.'));
  const areas = new Set(codes.map(({ name }) => name.slice(0, name.indexOf('.'))));
  if (areas.size > 0) sections.push(`## Errors\n\n${[...areas].join(', ')}: \`explain errors\` lists all codes.`);
  return pageText(sections.join('\n\n'), layoutOf(io));
}
