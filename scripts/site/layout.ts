import { posix } from 'node:path';
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
export function policyFor(scripts: string, styles: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">`;
}

/** What all pages have above everything else. */
export function topOf(address: string): string {
  const link = (target: string) => escaped(linkTo(target, address));
  return `<a class="skip" href="#content">Skip to the content</a>
<header class="site">
<a class="home" href="${link('index.html')}">cdk8s-karmada</a>
<div id="search" data-root="${escaped(posix.relative(posix.dirname(address), '.'))}"></div>
<nav aria-label="Site">
<a href="${link('docs/kinds/index.html')}">Kinds</a>
<a href="${link('docs/rules/index.html')}">Rules</a>
<a href="${link('examples/index.html')}">Examples</a>
</nav>
</header>`;
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
