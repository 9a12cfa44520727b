import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const file = join(root, 'lib/page.html');

/** Builds the page of `view` if there is none yet, as in a fresh clone. */
export default function builtPage(): void {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/page.ts', file], { cwd: root, stdio: 'inherit' });
}
