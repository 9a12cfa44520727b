import type { UnreadObjects } from '../problem/unread';

/** Kinds and names in a text that is not valid YAML. */
export function unreadIn(text: string): UnreadObjects {
  if (/^[ \t]*["']?kind["']?[ \t]*:[ \t]*\{\{/m.test(text)) return {};
  const [first, second] = text.matchAll(/^kind:[ \t]*["']?([A-Za-z]\w*)/gm);
  if (first && !second && !first[1]!.endsWith('List')) {
    const name = /^metadata:(?:[ \t]*\{[^}\n]*?|(?:[ \t]*\n(?:[ \t]+[^\n]*\n)*?)[ \t]+)name:[ \t]*["']?([\w.-]+)/m.exec(
      text,
    )?.[1];
    return { kinds: [first[1]!], ...(name !== undefined && !isTemplate(text, name) && { names: [name] }) };
  }
  const kinds = Array.from(text.matchAll(/(?:^|[\s{,[])["']?kind["']?\s*:\s*["']?([A-Za-z]\w*)/g), ([, kind]) => kind!);
  const objects = text.match(/["']?apiVersion["']?\s*:/g)?.length ?? 0;
  // A document whose kind is broken shows fewer kinds than objects.
  return kinds.length === 0 || kinds.length < objects ? {} : { kinds: [...new Set(kinds)] };
}

/** A name with `{{ … }}` in it is shown only in part. */
function isTemplate(text: string, name: string): boolean {
  return text.includes(`${name}{{`);
}

/** What a document or list item may hold that was read and is not an object. */
export function unreadValue(value: unknown): readonly UnreadObjects[] {
  // A list may be one of objects; text and numbers are none.
  if (Array.isArray(value)) return [{}];
  if (typeof value !== 'object' || value === null) return [];
  const { apiVersion, kind, metadata, spec } = value as Record<string, unknown>;
  if (typeof kind === 'string') {
    const name = (metadata as Record<string, unknown> | undefined | null)?.['name'];
    return [{ kinds: [kind], ...(typeof name === 'string' && { names: [name] }) }];
  }
  const looksLikeObject = [apiVersion, kind, metadata, spec].some((field) => field !== undefined && field !== null);
  return looksLikeObject ? [{}] : [];
}
