// npm run pictures: the pictures in docs/pictures, from the demo in dist/ and the built package.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser, openPage } from '../test/browser/browser';

const root = resolve(__dirname, '..');

async function draw(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-pictures-'));
  const browser = await openBrowser();
  try {
    const file = join(scratch, 'demo.html');
    const inputs = ['dist', '--fleet', 'fleet.yaml', '--config', 'lint.yaml', '--title', 'demo'];
    const command = ['lib/src/cli/main.js', 'view', ...inputs, '--out', file];
    execFileSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
    const viewport = { width: 1000, height: 560 };
    const { page } = await openPage(browser, pathToFileURL(file).href, { viewport });
    await page.screenshot({ path: join(root, 'docs/pictures/view.png') });
  } finally {
    await browser.close();
    rmSync(scratch, { recursive: true });
  }
}

draw().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
