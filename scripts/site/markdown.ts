import { posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import yaml from 'highlight.js/lib/languages/yaml';
import MarkdownIt from 'markdown-it';

const languages = { bash, diff, json, typescript, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
const names: Readonly<Record<string, keyof typeof languages>> = {
  sh: 'bash',
  ts: 'typescript',
  yml: 'yaml',
  jsonc: 'json',
  ...Object.fromEntries(Object.keys(languages).map((name) => [name, name as keyof typeof languages])),
};

/** A link or picture as the page has it. */
export interface Link {
  /** The path in the project; empty for the page itself. */
  readonly path: string;
  /** Without `#`; empty for the whole page. */
  readonly anchor: string;
  readonly line: number;
}

/** A heading, for the table of contents. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** A page as HTML, and what it contains. */
export interface Rendered {
  readonly title: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly links: readonly Link[];
  /** What the search finds, one entry for each heading. */
  readonly sections: readonly { readonly title: string; readonly anchor: string; readonly text: string }[];
}

/** Code with its parts in elements, as HTML. */
export function highlighted(code: string, language: string): string {
  const known = names[language];
  return known === undefined ? escaped(code) : hljs.highlight(code, { language: known, ignoreIllegals: true }).value;
}

const markdown = new MarkdownIt({ html: true });

/** Text for HTML, also in the value of an attribute. */
export const escaped = markdown.utils.escapeHtml;

markdown.renderer.rules['fence'] = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {};
  // A long line scrolls, also with the keyboard.
  return `<pre tabindex="0"><code>${highlighted(content, info.trim())}</code></pre>\n`;
};
markdown.renderer.rules['table_open'] = () => '<div class="table"><table>\n';
markdown.renderer.rules['table_close'] = () => '</table></div>\n';

/**
 * Renders a page. Headings get the anchors that GitHub gives them.
 *
 * @param path - of the page in the project
 * @param addressed - the address of a link on the site, relative to the page
 */
export function rendered(source: string, path: string, addressed: (link: Link) => string): Rendered {
  const slugger = new GithubSlugger();
  const headings: Heading[] = [];
  const links: Link[] = [];
  const sections: { title: string; anchor: string; text: string }[] = [];
  const tokens = markdown.parse(source, {});
  let line = 1;
  const rewritten = (target: string): string => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return target;
    const [file = '', anchor = ''] = decodeURI(target).split('#');
    const link = { path: file === '' ? '' : posix.join(posix.dirname(path), file), anchor, line };
    links.push(link);
    return addressed(link);
  };
  const addText = (text: string) => {
    const section = sections.at(-1);
    if (section) section.text += `${text} `;
  };

  for (const [index, token] of tokens.entries()) {
    line = (token.map?.[0] ?? line - 1) + 1;
    if (token.type === 'html_block' && !/^<!--/.test(token.content)) {
      throw new Error(`${path}:${line}: HTML in a page has links that are not checked: write Markdown`);
    }
    if (token.type === 'fence') addText(token.content);
    if (token.type !== 'inline') continue;
    const { children } = token;
    const text = (children ?? [])
      .map(({ type, content }) => (/^(text|code_inline)$/.test(type) ? content : type === 'softbreak' ? ' ' : ''))
      .join('');
    const opening = tokens[index - 1];
    if (opening?.type === 'heading_open') {
      const id = slugger.slug(text);
      opening.attrSet('id', id);
      headings.push({ level: Number(opening.tag.slice(1)), id, text });
      sections.push({ title: text, anchor: id, text: '' });
    } else addText(text);
    for (const child of children ?? []) {
      if (child.type === 'link_open') child.attrSet('href', rewritten(String(child.attrGet('href'))));
      if (child.type === 'image') child.attrSet('src', rewritten(String(child.attrGet('src'))));
    }
  }
  const title = headings[0]?.text ?? path;
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}), headings, links, sections };
}
