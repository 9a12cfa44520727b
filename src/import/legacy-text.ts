import { textOf } from '../kubernetes/plain-data';
import { emitDocument } from '../yaml/emit';
import { readAsCdk8s } from '../yaml/read-as-cdk8s';
import type { Item } from './items';
import { normalText } from './normal-form';

/**
 * The YAML of an object as `Include` of cdk8s reads it: the text that it came from, with its comments, or else text that is written
 * anew.
 *
 * @returns undefined if cdk8s would read another object from either
 */
export function legacyText(item: Item): string | undefined {
  // cdk8s would give it a name.
  if (textOf(item.object.metadata?.name) === '') return undefined;
  const wanted = normalText(item.object);
  const isSame = (text: string) => {
    const read = readAsCdk8s(text);
    return read?.length === 1 && normalText(read[0] as Item['object']) === wanted;
  };
  if (item.text !== undefined && !/^(%|\.\.\.)/m.test(item.text) && isSame(item.text)) {
    return trimmed(item.text);
  }
  const text = emittedText(item);
  return isSame(text) ? text : undefined;
}

/** The YAML of an object, written anew. */
export function emittedText({ object }: Item): string {
  return emitDocument(object);
}

/** Documents as one file. */
export function joinedText(texts: readonly string[]): string {
  return texts.join('---\n');
}

function trimmed(text: string): string {
  const body = text.replace(/^(?:[ \t]*\n)+/, '').replace(/\n(?:[ \t]*\n)+$/, '\n');
  return body.endsWith('\n') ? body : `${body}\n`;
}
