import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A Markdown file of the project, which is a page of the site. */
export interface Source {
  /** Its path in the project: `docs/rules/README.md`. */
  readonly path: string;
  /** Its address below the site: `docs/rules/index.html`. */
  readonly address: string;
}

/** `docs/rules/index.html` for `docs/rules/README.md`. */
export function addressOf(path: string): string {
  return path.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html');
}

/** Every page: the Markdown at the top, below `docs/`, and of the examples. */
export function sourcesIn(root: string): readonly Source[] {
  const below = (folder: string, recursive: boolean) =>
    readdirSync(join(root, folder), { recursive, encoding: 'utf8' }).map((name) =>
      posix.join(folder, name.replaceAll('\\', '/')),
    );
  const examples = readdirSync(join(root, 'examples')).map((name) => `examples/${name}/README.md`);
  return [...below('.', false), ...below('docs', true), 'examples/README.md', ...examples]
    .filter((path) => path.endsWith('.md') && existsSync(join(root, path)))
    .sort()
    .map((path) => ({ path, address: addressOf(path) }));
}

/** What a path of the project is. */
export function entryAt(root: string, path: string): 'file' | 'folder' | 'nothing' {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : 'nothing';
}

/** The address of a page as a link from another one: `../index.html`. */
export function linkTo(address: string, from: string): string {
  return posix.relative(posix.dirname(from), address) || posix.basename(address);
}
