import { posix } from 'node:path';
import type { Example } from '../../src/site/playground/inputs';
import { sourceOf } from '../browser/script';
import { escaped, type Heading } from './markdown';
import { linkTo } from './pages';

/** A page as the navigation has it. */
export interface NavigationItem {
  readonly title: string;
  readonly address: string;
}

/** Pages that stand together. */
export interface NavigationGroup {
  readonly title: string;
  readonly items: readonly NavigationItem[];
}

/** What fills a page. */
export interface Content {
  readonly title: string;
  readonly address: string;
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** Nothing is loaded from elsewhere. */
function policyFor(scripts: string, styles: string, ...others: readonly string[]): string {
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    ...others,
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">`;
}

/** What all pages have above everything else. */
function topOf(address: string): string {
  const link = (target: string) => escaped(linkTo(target, address));
  return `<a class="skip" href="#content">Skip to the content</a>
<header class="site">
<a class="home" href="${link('index.html')}">cdk8s-karmada</a>
<div id="search" data-root="${escaped(posix.relative(posix.dirname(address), '.'))}"></div>
<nav aria-label="Site">
<a href="${link('playground.html')}">Playground</a>
<a href="${link('docs/kinds/index.html')}">Kinds</a>
<a href="${link('docs/rules/index.html')}">Rules</a>
<a href="${link('examples/index.html')}">Examples</a>
</nav>
</header>`;
}

/** The page of the playground: script and style are in it, so that its worker can be started from a folder. */
export function playgroundOf(script: string, style: string, examples: readonly Example[]): string {
  const address = 'playground.html';
  // The editor writes styles, and the check of schemas writes functions.
  const policy = policyFor(`'self' ${sourceOf(script)} 'unsafe-eval'`, "'unsafe-inline'", 'worker-src blob:');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Playground · cdk8s-karmada</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${topOf(address)}
<div id="content" tabindex="-1"><p class="wait">The playground needs JavaScript.</p></div>
<script type="application/json" id="examples">${JSON.stringify(examples).replaceAll('<', '\\u003c')}</script>
<script id="script">${script}</script>
</body>
</html>
`;
}

/** A whole page. */
export function pageOf(content: Content, groups: readonly NavigationGroup[]): string {
  const { title, address, html } = content;
  const link = (target: string) => escaped(linkTo(target, address));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policyFor("'self'", "'self'")}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title === 'cdk8s-karmada' ? title : `${title} · cdk8s-karmada`)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${link('site.css')}">
<script src="${link('site.js')}" defer></script>
</head>
<body>
${topOf(address)}
<div class="columns">
<nav class="pages" aria-label="Pages">
${groups.map((group) => groupHtml(group, address)).join('\n')}
</nav>
<main id="content" tabindex="-1">
${html}
</main>
${contentsHtml(content.headings)}
</div>
</body>
</html>
`;
}

function groupHtml({ title, items }: NavigationGroup, address: string): string {
  const isOpen = items.some((item) => item.address === address);
  const links = items.map((item) => {
    const current = item.address === address ? ' aria-current="page"' : '';
    return `<li><a href="${escaped(linkTo(item.address, address))}"${current}>${escaped(item.title)}</a></li>`;
  });
  return `<details${isOpen || items.length < 20 ? ' open' : ''}><summary>${escaped(title)}</summary><ul>${links.join('')}</ul></details>`;
}

function contentsHtml(headings: readonly Heading[]): string {
  const shown = headings.slice(1).filter(({ level }) => level <= 3);
  if (shown.length < 3) return '';
  const links = shown.map(
    ({ level, id, text }) => `<li class="level-${level}"><a href="#${escaped(id)}">${escaped(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="On this page"><b>On this page</b><ul>${links.join('')}</ul></nav>`;
}
