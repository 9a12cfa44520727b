import type { KubernetesObject } from '../kubernetes/object';
import { recordOf } from '../kubernetes/plain-data';
import { isSecret } from '../report';

/** Masking shorter values would make messages unreadable. */
const shortestValue = 3;

/** Replaces the values of Secrets in a text. */
export type Mask = (text: string) => string;

/** Masks the values of these Secrets in the output of other programs, both plain and base64-encoded. */
export function maskOf(objects: readonly KubernetesObject[]): Mask {
  const values = new Set<string>();
  for (const object of objects.filter(isSecret)) {
    for (const value of textsIn(object['data'])) add(values, value, Buffer.from(value, 'base64').toString('utf8'));
    for (const value of textsIn(object['stringData'])) add(values, value, Buffer.from(value).toString('base64'));
  }
  // A value may be part of another one.
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const value of longestFirst) masked = masked.replaceAll(value, '***');
    // Client-side apply stores the whole Secret in an annotation, which the diff shows.
    return masked.replaceAll(/^([-+ ]\s*)(\{.*"kind":"Secret".*\})$/gm, '$1***');
  };
}

function add(values: Set<string>, ...candidates: readonly string[]): void {
  for (const value of candidates) if (value.trim().length >= shortestValue) values.add(value);
}

function textsIn(data: unknown): string[] {
  return Object.values(recordOf(data) ?? {}).filter((value) => typeof value === 'string');
}
