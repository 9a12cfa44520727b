import { ModelError } from '../problem/model-error';
import { joinWords, nearMiss, quoted } from '../problem/words';
import type { Pages } from './pages';

/** Something that `explain` explains. */
export interface Subject {
  readonly type: 'topic' | 'kind' | 'rule' | 'error';
  /** As it is written in messages and manifests: `no-dead-selector`, `PropagationPolicy`, `placement.weight`. */
  readonly name: string;
  /** Path of its page, from the root of this package. */
  readonly page: string;
  /** What it is, in a sentence of Markdown. */
  readonly summary: string;
  readonly markdown: string;
  /** Other names, in lower case. */
  readonly aliases: readonly string[];
}

/** Short names of `kubectl get`. @see Karmada v1.19.0 charts/karmada/_crds/bases */
const shortNames: Readonly<Record<string, string>> = {
  PropagationPolicy: 'pp',
  ClusterPropagationPolicy: 'cpp',
  OverridePolicy: 'op',
  ClusterOverridePolicy: 'cop',
  FederatedHPA: 'fhpa',
  CronFederatedHPA: 'cronfhpa',
  MultiClusterService: 'mcs',
  MultiClusterIngress: 'mci',
  ResourceInterpreterCustomization: 'ric',
  ServiceExport: 'svcex',
  ServiceImport: 'svcim',
};

const errorsPage = 'errors.md';

/** Everything that the pages explain: topics, kinds, rules and errors. */
export function subjectsOf(pages: Pages): readonly Subject[] {
  const subjects = [...pages].map(([path, markdown]) => pageSubject(path, markdown));
  const errors = errorSubjects(pages.get(errorsPage) ?? '');
  const order: readonly Subject['type'][] = ['topic', 'kind', 'rule', 'error'];
  return order.flatMap((type) => [...subjects, ...errors].filter((subject) => subject.type === type));
}

function pageSubject(path: string, markdown: string): Subject {
  const [folder, file] = path.includes('/') ? path.split('/') : ['', path];
  const id = file!.replace(/\.md$/, '');
  const paragraphs = markdown.split(/\n{2,}/);
  const about = { page: `docs/${path}`, markdown };
  if (id === 'README') {
    return { ...about, type: 'topic', name: folder!, summary: oneLine(paragraphs[1]), aliases: [] };
  }
  if (folder === 'rules') {
    return { ...about, type: 'rule', name: id, summary: oneLine(paragraphs[1]), aliases: [] };
  }
  if (folder === 'kinds') {
    const name = paragraphs[0]!.replace('# ', '').trim();
    const lower = name.toLowerCase();
    const plural = lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}${lower.endsWith('s') ? 'es' : 's'}`;
    const aliases = [lower, plural, id, ...(shortNames[name] === undefined ? [] : [shortNames[name]])];
    return { ...about, type: 'kind', name, summary: oneLine(paragraphs[2]), aliases };
  }
  const [summary = ''] = oneLine(paragraphs[1]).split(/(?<=\.) /);
  return { ...about, type: 'topic', name: id, summary, aliases: id.endsWith('s') ? [id.slice(0, -1)] : [] };
}

function oneLine(paragraph = ''): string {
  return paragraph.trim().replaceAll('\n', ' ');
}

/** The rows of the error index: a section for each area, and in it a table with a row for each code. */
function errorSubjects(markdown: string): Subject[] {
  const [, ...sections] = markdown.split(/^## /m);
  return sections.flatMap((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    const introduction = /\n\n([^|]+?)\n\n\|/.exec(section)?.[1] ?? '';
    const page = `docs/${errorsPage}#${title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-')}`;
    return [...section.matchAll(/^\| (`.*?`) \| (.*?) \| (.*?) \|$/gm)].flatMap(([, names = '', when = '', fix = '']) =>
      names.split(', ').map((marked): Subject => {
        const name = marked.replaceAll('`', '');
        const markdown = [`# ${name}`, `**When:** ${when}.`, `**Fix:** ${fix}.`, introduction].join('\n\n').trimEnd();
        return { type: 'error', name, page, summary: when, markdown, aliases: [] };
      }),
    );
  });
}

/**
 * The subject of a name, in any case: `pp` and `propagationpolicies` are the PropagationPolicy.
 *
 * @throws ModelError `explain.unknown`
 */
export function findSubject(subjects: readonly Subject[], wanted: string): Subject {
  const word = wanted
    .toLowerCase()
    .replace(/^docs\//, '')
    .replace(/^(rules|kinds)\/|\.md$/g, '');
  const byName = new Map<string, Subject>();
  for (const subject of subjects) {
    for (const name of [subject.name.toLowerCase(), ...subject.aliases]) {
      if (!byName.has(name)) byName.set(name, subject);
    }
  }
  // `kubectl api-resources` writes propagationpolicies.policy.karmada.io.
  const found = byName.get(word) ?? byName.get(word.replace(/\.[a-z.]+\.karmada\.io$|\.karmada\.io$/, ''));
  if (found !== undefined) return found;
  const similar = suggestions(word, byName);
  throw new ModelError(`there is no page about ${quoted(wanted)}`, {
    code: 'explain.unknown',
    fix:
      similar.length > 0
        ? `did you mean ${joinWords(similar, 'or')}? \`cdk8s-karmada explain\` lists everything`
        : '`cdk8s-karmada explain` lists everything that has a page',
  });
}

/** Names that contain the word, or the one that is most similar. */
function suggestions(word: string, byName: ReadonlyMap<string, Subject>): readonly string[] {
  const containing = word.length < 3 ? [] : [...byName].filter(([name]) => name.includes(word));
  if (containing.length > 0) return [...new Set(containing.map(([, { name }]) => name))].slice(0, 8);
  const meant = nearMiss(word, [...byName.keys()]);
  return meant === undefined ? [] : [byName.get(meant)!.name];
}

/** The names of the pages that a page links to, except its own. */
export function linkedFrom({ name, markdown }: Subject, subjects: readonly Subject[]): readonly string[] {
  // Names of files are unique, but for README.md, which has the name of its folder.
  const targets = [...markdown.matchAll(/\]\((?!https?:)[^)#\s]*?((?:\w+\/README|[\w-]+)\.md)/g)].map(
    ([, file]) => file!,
  );
  const linked = subjects.filter(
    (subject) =>
      subject.type !== 'error' &&
      targets.some((target) => subject.page.endsWith(`/${target}`)) &&
      subject.name !== name,
  );
  return linked.map((subject) => subject.name);
}
