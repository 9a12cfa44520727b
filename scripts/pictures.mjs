// npm run pictures: the pictures in docs/pictures, from the demo in dist/ and the built package.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-pictures-'));
const file = join(scratch, 'demo.html');
const inputs = ['dist', '--fleet', 'fleet.yaml', '--config', 'lint.yaml', '--title', 'demo'];
execFileSync(process.execPath, ['lib/src/cli/main.js', 'view', ...inputs, '--out', file], { stdio: 'inherit' });

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (place) => place && existsSync(place),
);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1000, height: 560 } });
await page.goto(`file://${file}`);
await page.getByRole('grid').waitFor();
mkdirSync('docs/pictures', { recursive: true });
await page.screenshot({ path: 'docs/pictures/view.png' });
await browser.close();
rmSync(scratch, { recursive: true });
