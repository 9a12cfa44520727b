import { annotationCauses, labelCauses, nameCauses } from '../../kubernetes/metadata';
import { nameCheckOf } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { type PlainRecord, stringMapOf } from '../../kubernetes/plain-data';
import { isRecord } from '../../problem/record';
import { quoted } from '../../problem/words';
import type { Cause } from '../cause';

/**
 * Why the API server rejects the metadata of an object whose kind is not Karmada's. Only rules that all kinds share are
 * checked: the syntax of names, labels and annotations.
 */
export function* foreignObjectCauses(object: KubernetesObject): Iterable<Cause> {
  const metadata: unknown = object.metadata ?? {};
  if (!isRecord(metadata)) return;
  const { name, generateName, labels, annotations } = metadata;
  const names = { ...(isText(name) && { name }), ...(isText(generateName) && { generateName }) };
  // The API server labels the pods of a Job with its name, and reports the label.
  const reported = object.kind === 'Job' ? { reportedAs: 'spec.template.labels' } : {};
  for (const cause of nameCauses(names, nameCheckOf(object))) yield { ...cause, ...reported, layer: 'schema' };
  for (const [field, entries] of Object.entries({ labels, annotations })) {
    if (!isRecord(entries)) continue;
    const path = `metadata.${field}`;
    const texts = stringMapOf(entries);
    const causesOf = field === 'labels' ? labelCauses : annotationCauses;
    for (const cause of causesOf(texts ?? textsIn(entries), path)) yield { ...cause, layer: 'schema' };
    if (texts) continue;
    for (const [key, value] of Object.entries(entries)) {
      if (isText(value) || value === null) continue;
      yield {
        code: 'wrong-type',
        layer: 'schema',
        path: `${path}[${key}]`,
        message: `must be a string, got ${quoted(value)}`,
        fix: typeof value === 'object' ? 'write a string, or remove it' : `write it in quotes: "${String(value)}"`,
      };
    }
  }
}

function textsIn(entries: PlainRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => isText(entry[1])));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
