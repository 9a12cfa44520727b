// Builds the page of `view`: one HTML file with script and style in it, and a place for the data.
// usage: tsx scripts/page.ts [FILE]
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browserScript, sourceOf } from './browser/script';

const root = resolve(__dirname, '..');
const room = join(root, 'src/view/page');

/** What the API server refuses is in the data, so that the page does not carry its rules. */
const withoutAdmission = {
  name: 'without-admission',
  resolveId: (source: string) => (/(^|\/)refusals$/.test(source) ? join(room, 'no-refusals.ts') : undefined),
};

/** Text output has tables and colours; the page has none of it. */
const withoutTerminal = {
  name: 'without-terminal',
  resolveId: (source: string) =>
    ['picocolors', 'console-table-printer'].includes(source) ? { id: source, external: true } : undefined,
};

/** Writes the page without data. */
async function buildPage(file: string): Promise<void> {
  const script = await browserScript(root, 'view/page/main.tsx', [withoutAdmission, withoutTerminal]);
  const style = ['colors.css', 'page.css']
    .map((name) => readFileSync(join(room, name), 'utf8'))
    .join('')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(style)}`,
    'img-src data:',
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  writeFileSync(
    file,
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="page"><p class="wait">This page needs JavaScript.</p></div>
<script type="application/json" id="data">{{data}}</script>
<script id="script">${script}</script>
</body>
</html>
`,
  );
}

buildPage(process.argv[2] ?? 'lib/page.html').catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
