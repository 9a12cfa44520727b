// Compiles the package into lib/: JavaScript and declarations from tsc, modules linked into few files, and the command made executable.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { link } from './build/link.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('lib', { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.values(exports).flatMap(({ default: file = '' }) =>
  /^\.\/lib\/src\//.test(file) ? [file] : [],
);
link(
  'lib',
  entries.map((file) => file.slice('./lib/'.length)),
);
chmodSync('lib/src/cli/main.js', 0o755);
