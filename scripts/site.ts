// npm run docs: writes the documentation as a site into _site/, and fails if a link or an anchor leads nowhere.
// usage: tsx scripts/site.ts [FOLDER]
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import MiniSearch from 'minisearch';
import { type SearchEntry, searchFields } from '../src/site/search-entry';
import { bundlesIn } from './site/bundle';
import { examplesIn } from './site/examples';
import { type NavigationGroup, pageOf, playgroundOf } from './site/layout';
import { escaped, highlighted, type Link, type Rendered, rendered } from './site/markdown';
import { navigationOf } from './site/navigation';
import { addressOf, entryAt, linkTo, type Source, sourcesIn } from './site/pages';

const root = resolve(__dirname, '..');
const out = resolve(process.argv[2] ?? join(root, '_site'));

interface Page extends Source, Rendered {}

async function build(): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  const sources = sourcesIn(root);
  const problems: string[] = [];
  const files = new Set<string>();
  const folders = new Set<string>();

  /** Where a link leads on the site. What is no page is copied, or shown as text. */
  const addressed = (from: Source, { path, anchor, line }: Link): string => {
    const fragment = anchor === '' ? '' : `#${anchor}`;
    if (path === '') return fragment;
    const entry = entryAt(root, path);
    if (path.startsWith('../') || entry === 'nothing') {
      problems.push(`${from.path}:${line}: ${path} does not exist`);
      return '';
    }
    const folder = path.replace(/\/$/, '');
    const target =
      entry === 'file'
        ? path.endsWith('.md')
          ? addressOf(path)
          : fileAddress(path, files)
        : folderAddress(folder, folders);
    return linkTo(target, from.address) + fragment;
  };
  const pages = sources.map((source): Page => {
    const text = readFileSync(join(root, source.path), 'utf8');
    return { ...source, ...rendered(text, source.path, (link) => addressed(source, link)) };
  });
  problems.push(...brokenAnchors(pages));
  if (problems.length > 0) throw new Error(`links of the documentation lead nowhere:\n  ${problems.join('\n  ')}`);

  const groups = navigationOf(pages);
  for (const page of pages) write(page.address, pageOf(page, groups));
  for (const folder of folders) writeFolder(folder, pages, groups);
  for (const file of files) writeFile(file, groups);
  const { script, style, playground } = await bundlesIn(root);
  write('site.js', script);
  write('site.css', style);
  write('playground.html', playgroundOf(playground.script, playground.style, await examplesIn(root)));
  // A script, because pages of a file system may load nothing else.
  write('search-index.js', `globalThis.searchIndex = ${JSON.stringify(JSON.stringify(indexOf(pages)))};\n`);
  const links = pages.reduce((sum, page) => sum + page.links.length, 0);
  console.log(`${out}: ${pages.length} pages, ${links} links checked`);
}

const pictures = /\.(png|svg)$/;

function fileAddress(path: string, files: Set<string>): string {
  files.add(path);
  return pictures.test(path) ? path : `${path}.html`;
}

function folderAddress(folder: string, folders: Set<string>): string {
  if (!existsSync(join(root, folder, 'README.md'))) folders.add(folder);
  return `${folder}/index.html`;
}

function brokenAnchors(pages: readonly Page[]): readonly string[] {
  const anchors = new Map(pages.map(({ path, headings }) => [path, new Set(headings.map(({ id }) => id))]));
  return pages.flatMap((page) =>
    page.links.flatMap(({ path, anchor, line }) => {
      const target = path === '' ? page.path : path;
      if (anchor === '' || anchors.get(target)?.has(anchor)) return [];
      const readme = anchors.get(posix.join(target, 'README.md'));
      return readme?.has(anchor) ? [] : [`${page.path}:${line}: ${target} has no heading for #${anchor}`];
    }),
  );
}

/** A list of the pages of a folder without a README. */
function writeFolder(folder: string, pages: readonly Page[], groups: readonly NavigationGroup[]): void {
  const address = `${folder}/index.html`;
  const items = pages
    .filter(({ path }) => posix.dirname(path) === folder)
    .map((page) => `<li><a href="${escaped(linkTo(page.address, address))}">${escaped(page.title)}</a></li>`);
  const html = `<h1>${escaped(folder)}</h1><ul>${items.join('')}</ul>`;
  write(address, pageOf({ title: folder, address, html, headings: [] }, groups));
}

/** A file that a page links: a picture as it is, and others as text on a page. */
function writeFile(path: string, groups: readonly NavigationGroup[]): void {
  if (pictures.test(path)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    cpSync(join(root, path), join(out, path));
    return;
  }
  const language = posix.extname(path).slice(1);
  const code = highlighted(readFileSync(join(root, path), 'utf8'), language);
  const html = `<h1>${escaped(path)}</h1><pre tabindex="0"><code>${code}</code></pre>`;
  const address = `${path}.html`;
  write(address, pageOf({ title: path, address, html, headings: [] }, groups));
}

function indexOf(pages: readonly Page[]): MiniSearch<SearchEntry> {
  const index = new MiniSearch<SearchEntry>({
    fields: [...searchFields.fields],
    storeFields: [...searchFields.storeFields],
  });
  const entries = pages.flatMap((page) =>
    page.sections.map(({ title, anchor, text }, position) => ({
      title,
      page: page.title,
      address: position === 0 ? page.address : `${page.address}#${anchor}`,
      text,
    })),
  );
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return index;
}

function write(address: string, text: string): void {
  const file = join(out, address);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

build().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
