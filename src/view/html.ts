import { markupText } from '../problem/words';
import type { ViewData } from './view-data';

/**
 * The page with its data.
 *
 * @param page - the built page, with places for title and data
 */
export function pageHtml(page: string, data: ViewData): string {
  const text = JSON.stringify(data)
    // Nothing in the data ends the element or starts a comment in it.
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  const values = { title: markupText(data.title), data: text };
  // In one pass: a title may be the name of the other place.
  const html = page.replaceAll(/\{\{(title|data)\}\}/g, (_, name: keyof typeof values) => values[name]);
  return data.live ? html.replace("connect-src 'none'", "connect-src 'self'") : html;
}
