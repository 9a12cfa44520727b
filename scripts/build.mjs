// Compiles the package into lib/: declarations by tsc, JavaScript by rolldown; packs the pages of `explain`.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('lib', { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

/** Every file in package.json, without `./lib/` and `.js`. Shared code goes into separate files. */
const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const kinds = readdirSync('imports').map((file) => `imports/${file}`);
const files = [bin['cdk8s-karmada'], ...Object.values(exports).map((target) => target.default ?? '')];
const sources = files.flatMap((file) => /^\.\/lib\/(src\/.*)\.js$/.exec(file)?.[1] ?? []).map((path) => `${path}.ts`);
/**
 * Lets the package load files of shared code when it first needs them: only a synthesis needs the linter and the planner, which
 * are half of the code. Modules have no side effects, so their order does not matter.
 */
const lazyFiles = {
  name: 'lazy-files',
  renderChunk(code, { name }) {
    if (name !== 'src/index') return null;
    const getters = [];
    const rest = code
      .replace(/^const (require_\w+) = (require\("\.[^"]+"\));\n/gm, (_, file, load) => {
        getters.push(
          `get ${file}() { const value = ${load}; Object.defineProperty(this, "${file}", { value }); return value; }`,
        );
        return '';
      })
      .replace(/^require\("\.[^"]+"\);\n/gm, '')
      .replace(/\brequire_\w+(?=\.)/g, 'lazy_files.$&');
    if (getters.length === 0 || !rest.includes('"use strict";')) {
      throw new Error('src/index has no directive, or requires no shared code: has the form of the output changed?');
    }
    return rest.replace('"use strict";', `$&\nconst lazy_files = {\n${getters.join(',\n')}\n};`);
  },
};
const bundle = await rolldown({
  input: Object.fromEntries([...sources, ...kinds].map((source) => [source.replace(/\.ts$/, ''), source])),
  platform: 'node',
  external: /^[^./]/,
  plugins: [lazyFiles],
});
await bundle.write({
  dir: 'lib',
  format: 'cjs',
  strict: true,
  esModule: true,
  comments: false,
  chunkFileNames: 'src/[name]-[hash].js',
});
chmodSync('lib/src/cli/main.js', 0o755);
execFileSync(process.execPath, ['--import', 'tsx', 'scripts/pack-docs.ts'], { stdio: 'inherit' });
execFileSync(process.execPath, ['--import', 'tsx', 'scripts/page.ts'], { stdio: 'inherit' });
