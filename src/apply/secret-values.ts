import type { KubernetesObject } from '../kubernetes/object';
import { anyText, recordOf } from '../kubernetes/plain-data';
import { isSecret } from '../report';

/** Shorter values are masked only where the text shows that they are values; elsewhere messages would be unreadable. */
const shortestValue = 3;

export type Mask = (text: string) => string;

/** Masks the values of these Secrets in the output of other programs: encoded, escaped and trimmed, whole and by line. */
export function maskOf(objects: readonly KubernetesObject[]): Mask {
  const values = new Set<string>();
  for (const object of objects.filter(isSecret)) {
    for (const value of textsIn(object['data'])) {
      addForms(values, value);
      addForms(values, Buffer.from(value, 'base64').toString('utf8'));
    }
    for (const value of textsIn(object['stringData'])) addForms(values, value);
  }
  const short = shortValues(objects);
  // A value may be part of another one.
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const value of longestFirst) masked = masked.replaceAll(value, '***');
    for (const pattern of short) masked = masked.replaceAll(pattern, '$1***');
    // Client-side apply stores the whole Secret in an annotation, which the diff shows.
    return masked.replaceAll(/^([-+ ]\s*)(\{.*"kind":"Secret".*\})$/gm, '$1***');
  };
}

/** Places of values that are too short to be masked everywhere: in quotes, or behind their key. */
function shortValues(objects: readonly KubernetesObject[]): readonly RegExp[] {
  const entries = objects.filter(isSecret).flatMap(({ data, stringData }) => [
    ...Object.entries(recordOf(data) ?? {}).flatMap(([key, value]) => [
      [key, anyText(value)],
      [key, Buffer.from(anyText(value), 'base64').toString('utf8')],
    ]),
    ...Object.entries(recordOf(stringData) ?? {}).map(([key, value]) => [key, anyText(value)]),
  ]);
  return entries.flatMap(([key = '', text = '']) => {
    const value = text.trim();
    if (value === '' || value.length >= shortestValue) return [];
    const word = literally(value);
    return [
      new RegExp(`(["'\`])${word}(?=["'\`])`, 'g'),
      new RegExp(`(\\b${literally(key)}\\\\?["']?\\s*[:=]\\s*\\\\?["']?)${word}(?!\\w)`, 'g'),
    ];
  });
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A message may trim a value, encode it, escape it, or show one of its lines. */
function addForms(values: Set<string>, value: string): void {
  const lines = value.split(/[\r\n]+/);
  for (const form of new Set([value, value.trim(), lines.join(''), lines.join(' ')])) {
    const json = escaped(form);
    // Go also escapes what HTML gives a meaning, and YAML doubles single quotes.
    const inGo = json.replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
    const inUrl = encodeURIComponent(Buffer.from(form).toString());
    add(values, form, Buffer.from(form).toString('base64'), json, inGo, form.replaceAll("'", "''"), inUrl);
  }
  if (lines.length > 1) for (const line of lines) add(values, line.trim(), escaped(line.trim()));
}

function add(values: Set<string>, ...candidates: readonly string[]): void {
  for (const value of candidates) if (value.trim().length >= shortestValue) values.add(value);
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The API server rejects a number, a list or a plain text, and its message shows them. */
function textsIn(data: unknown): string[] {
  if (typeof data === 'string' || typeof data === 'number') return [String(data)];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(textsIn) : [];
}
