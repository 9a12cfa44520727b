import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { EnvironmentError } from '../problem/environment-error';
import { ownFolder } from './version';

/** Path of each page below `docs/`, such as `rules/no-dead-selector.md`, to its Markdown. */
export type Pages = ReadonlyMap<string, string>;

const folders = ['rules', 'kinds'];
/** The pages about topics, in the order in which `explain` and the site list them. */
export const topicPages: readonly string[] = [
  'from-yaml.md',
  'federation.md',
  'placements.md',
  'overrides.md',
  'autoscaling.md',
  'failover.md',
  'losses.md',
  'view.md',
  'testing.md',
  'errors.md',
  'formats.md',
];

/** Where the build puts the pages: the tarball has them there, and a clone in `docs/`. */
export const packedPages = 'lib/docs.json.br';

/**
 * The pages of this package.
 *
 * @throws EnvironmentError when they are missing from the installation
 */
export function readPages(root = ownFolder() ?? ''): Pages {
  const folder = join(root, 'docs');
  if (existsSync(folder)) return pagesIn(folder);
  try {
    return new Map(JSON.parse(brotliDecompressSync(readFileSync(join(root, packedPages))).toString('utf8')));
  } catch (error) {
    throw new EnvironmentError(
      `the pages of cdk8s-karmada cannot be read: ${(error as Error).message}`,
      'install it again',
    );
  }
}

/** All pages together: compressed one by one they take more than twice the space. */
export function packPages(folder: string): Buffer {
  const text = JSON.stringify([...pagesIn(folder)]);
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } });
}

function pagesIn(folder: string): Pages {
  const paths = [
    ...topicPages,
    ...folders.flatMap((one) => readdirSync(join(folder, one)).map((file) => `${one}/${file}`)),
  ];
  // `explain` lists the rules by itself.
  const printed = paths.filter((path) => path.endsWith('.md') && path !== 'rules/README.md');
  return new Map(printed.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
