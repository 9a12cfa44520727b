import type { KubernetesObject } from '../kubernetes/object';
import { isSecret } from '../report';

/** Shorter values would blank out half of every message. */
const shortestValue = 3;

/** A text without the values of Secrets. */
export type Mask = (text: string) => string;

/**
 * Takes the values of the Secrets among these objects out of texts that other programs print: as they are written, and
 * decoded or encoded, since a message may show either.
 */
export function maskOf(objects: readonly KubernetesObject[]): Mask {
  const values = new Set<string>();
  for (const object of objects.filter(isSecret)) {
    for (const value of valuesOf(object['data'])) add(values, value, Buffer.from(value, 'base64').toString('utf8'));
    for (const value of valuesOf(object['stringData'])) add(values, value, Buffer.from(value).toString('base64'));
  }
  // The longest first: a value may be part of another one.
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const value of longestFirst) masked = masked.replaceAll(value, '***');
    // kubectl keeps the whole Secret in an annotation of older writes, and its diff shows that.
    return masked.replaceAll(/^([-+ ]\s*)(\{.*"kind":"Secret".*\})$/gm, '$1***');
  };
}

function add(values: Set<string>, ...candidates: readonly string[]): void {
  for (const value of candidates) if (value.trim().length >= shortestValue) values.add(value);
}

function valuesOf(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).filter((value) => typeof value === 'string');
}
