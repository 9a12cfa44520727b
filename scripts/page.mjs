// Builds the page of `view`: one HTML file with script and style in it, and a place for the data.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const room = fileURLToPath(new URL('../src/view/page/', import.meta.url));

/** What the API server refuses is in the data, so that the page does not carry its rules. */
const withoutAdmission = {
  name: 'without-admission',
  resolveId: (source) => (/(^|\/)refusals$/.test(source) ? join(room, 'no-refusals.ts') : undefined),
};

/** Text output has tables and colours; the page has none of it. */
const withoutTerminal = {
  name: 'without-terminal',
  resolveId: (source) =>
    ['picocolors', 'console-table-printer'].includes(source) ? { id: source, external: true } : undefined,
};

/** Writes the page without data. */
export async function buildPage(file) {
  const bundle = await rolldown({
    input: join(room, 'main.tsx'),
    platform: 'browser',
    plugins: [withoutAdmission, withoutTerminal],
    tsconfig: join(room, 'tsconfig.json'),
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  const script = output[0].code.replaceAll('</script', '<\\/script').trim();
  const style = ['colors.css', 'page.css']
    .map((name) => readFileSync(join(room, name), 'utf8'))
    .join('')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
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

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildPage(process.argv[2] ?? join(dirname(room), 'page.html'));
