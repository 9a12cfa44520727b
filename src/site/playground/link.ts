import { type Example, type Inputs, inputNames, noInputs } from './inputs';

/** What an address says about the text. */
export interface LinkedText {
  /** Id of an example. */
  readonly example?: string;
  /** What {@link packed} made. */
  readonly text?: string;
  /** What the view keeps: what is different, and what is opened. */
  readonly view: string;
}

export function readLink(fragment: string): LinkedText {
  const parameters = new URLSearchParams(fragment);
  const [example, text] = [parameters.get('example'), parameters.get('text')];
  parameters.delete('example');
  parameters.delete('text');
  return { ...(example && { example }), ...(text && { text }), view: parameters.toString() };
}

export function linkText({ example, text, view }: LinkedText): string {
  const own = new URLSearchParams({ ...(example && { example }), ...(text && { text }) });
  return [own.toString(), view].filter(Boolean).join('&');
}

/** The example with this text, which a link names instead of the text. */
export function exampleWith(inputs: Inputs, examples: readonly Example[]): Example | undefined {
  return examples.find((example) => inputNames.every((name) => example.inputs[name] === inputs[name]));
}

/** An address may say anything: this is enough for a text of any use, and soon read. */
const longest = 2_000_000;
/** Chromium and Firefox take more, but programs that pass links around do not. */
const longestLink = 64_000;

/** The text for a link; undefined if it would be too long. */
export async function packed(inputs: Inputs): Promise<string | undefined> {
  const text = JSON.stringify(inputNames.map((name) => inputs[name]));
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const link = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return link.length <= longestLink ? link : undefined;
}

/** @throws Error if it is no text that {@link packed} made */
export async function unpacked(link: string): Promise<Inputs> {
  const binary = atob(link.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const text = new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')));
  const values: unknown = JSON.parse(text);
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) throw new Error('it has no texts');
  const named = inputNames.map((name, index) => [name, values[index] ?? ''] as const);
  return { ...noInputs, ...Object.fromEntries(named) };
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  change: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(change).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > longest) throw new Error('it is too long');
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
