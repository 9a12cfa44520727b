import { listItems } from '../kubernetes/list';
import type { Manifest } from '../kubernetes/manifest';
import type { KubernetesObject } from '../kubernetes/object';
import type { FileOrigin } from '../problem/place';
import type { Json } from '../yaml/json';
import type { YamlDocument } from '../yaml/parse';
import { fixForIncomplete, programFileNamed, programFileOf } from './program-file';
import { objectProblems, type ReportProblem } from './read-problem';
import { unreadValue } from './unread';

type JsonMap = Readonly<Record<string, Json>>;

/**
 * The Kubernetes objects of one document: the document, or the items of a `List`. Other values are reported and omitted.
 * Like kubectl, skips an empty document (`null`).
 */
export function objectsOf(document: YamlDocument, file: string, report: ReportProblem): Manifest[] {
  const origin: FileOrigin = { type: 'file', file, document: document.index, locate: document.locate };
  if (document.value === null) return [];
  return unfold(document.value, '', origin, report);
}

function unfold(value: Json, path: string, origin: FileOrigin, report: ReportProblem): Manifest[] {
  const refuse = (problem: ReturnType<(typeof objectProblems)['notAnObject']>, field = '') => {
    const at = [path, field].filter(Boolean).join('.');
    const place = { file: origin.file, document: origin.document, ...origin.locate(at) };
    report({ ...problem, ...place }, unreadValue(value));
    return [];
  };
  if (!isMap(value)) return refuse(objectProblems.notAnObject(describe(value)));

  const { apiVersion, kind, metadata } = value;
  const missing = ['apiVersion', 'kind'].filter((field) => value[field] === undefined || value[field] === null);
  if (missing.length > 0) {
    const program = programFileNamed(value, origin.file);
    if (program) return refuse(objectProblems.programFile(program));
    return refuse(objectProblems.missingFields(missing.join(' and '), fixForIncomplete(value)));
  }
  if (typeof apiVersion !== 'string')
    return refuse(objectProblems.notText('apiVersion', describe(apiVersion!)), 'apiVersion');
  if (typeof kind !== 'string') return refuse(objectProblems.notText('kind', describe(kind!)), 'kind');
  const program = programFileOf(apiVersion, kind);
  if (program) return refuse(objectProblems.programFile(program));
  const items = listItems(value) as readonly Json[] | undefined;
  if (items) {
    return items.flatMap((item, index) => unfold(item, `${join(path, 'items')}[${index}]`, origin, report));
  }
  if (metadata !== undefined && metadata !== null) {
    if (!isMap(metadata)) return refuse(objectProblems.notAMap('metadata', describe(metadata)), 'metadata');
    for (const field of ['name', 'namespace']) {
      const name = metadata[field];
      if (name === undefined || name === null || typeof name === 'string') continue;
      return refuse(objectProblems.notText(`metadata.${field}`, describe(name)), `metadata.${field}`);
    }
    for (const field of ['labels', 'annotations']) {
      const map = metadata[field];
      if (map === undefined || map === null || isMap(map)) continue;
      return refuse(objectProblems.notAMap(`metadata.${field}`, describe(map)), `metadata.${field}`);
    }
  }
  return [{ object: value as unknown as KubernetesObject, origin: path === '' ? origin : within(origin, path) }];
}

/** Origin of an item of a list. */
function within(origin: FileOrigin, path: string): FileOrigin {
  return { ...origin, locate: (fieldPath) => origin.locate(join(path, fieldPath)) };
}

function join(path: string, field: string): string {
  if (path === '' || field === '') return path + field;
  return field.startsWith('[') ? path + field : `${path}.${field}`;
}

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Description of a value for messages. */
function describe(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'nothing';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? 'text' : String(value);
}
