import { ApiObject, Names, YamlOutputType } from 'cdk8s';
import { apiGroup } from '../../kubernetes/object';
import { distinctNames } from '../../manifests/distinct-names';
import type { FolderFile } from '../../manifests/write-folder';
import { emitYamlPieces } from '../../yaml/emit';
import type { SynthesizedApp, SynthesizedChart, SynthesizedObject } from './synthesized-app';

/** Options for the files of an application. */
export interface OutputOptions {
  readonly yamlOutputType: YamlOutputType;
  /** Extension of every file name, such as `.k8s.yaml`. */
  readonly outputFileExtension: string;
  /** File name for `YamlOutputType.FILE_PER_APP`. */
  readonly appFile: string;
  /** Whether to write a file that maps objects to constructs, for validation plugins of cdk8s. */
  readonly recordConstructMetadata: boolean;
}

/**
 * The files of an application, in memory. Each object is in exactly one file: if cdk8s would write two objects into the
 * same file, so that the second overwrites the first, the namespace or the API group is added to the file names.
 *
 * @throws ModelError `file.name` if two objects or two charts would still have the same file
 * @see cdk8s 2.70 src/app.ts, synth
 */
export function outputFiles({ charts, chartsDepend }: SynthesizedApp, options: OutputOptions): FolderFile[] {
  const files = new Map<string, FolderFile['text']>();
  const add = (name: string, objects: Iterable<SynthesizedObject>): void => {
    files.set(`${name}${options.outputFileExtension}`, textOf(objects));
  };
  const addEach = (objects: readonly SynthesizedObject[], folder = ''): void => {
    const named = objects.flatMap((item) => {
      const names = fileNamesOf(item, folder !== '');
      return names.length === 0 ? [] : [{ item, candidates: names }];
    });
    const names = distinctNames(named, ({ construct }) => construct.node.path);
    named.forEach(({ item }, index) => {
      add(`${folder}${names[index]}`, [item]);
    });
  };

  switch (options.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (charts.length > 0) add(options.appFile, objectsIn(charts));
      break;
    case YamlOutputType.FILE_PER_CHART: {
      const names = chartNames(charts, chartsDepend);
      charts.forEach(({ objects }, index) => {
        add(names[index]!, objects);
      });
      break;
    }
    case YamlOutputType.FILE_PER_RESOURCE:
      addEach([...objectsIn(charts)]);
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE: {
      const names = chartNames(charts, chartsDepend);
      charts.forEach(({ objects }, index) => {
        addEach([...objects], `${names[index]}/`);
      });
      break;
    }
    default:
      options.yamlOutputType satisfies never;
  }
  if (options.recordConstructMetadata) files.set('construct-metadata.json', constructMetadata(charts));
  return [...files].map(([path, text]) => ({ path, text }));
}

/** The resolved objects of charts. */
export function* objectsIn(charts: readonly SynthesizedChart[]): Generator<SynthesizedObject> {
  for (const { objects } of charts) yield* objects;
}

/**
 * The YAML of objects, in pieces.
 *
 * @throws Error with the path of the construct whose object cannot be written
 */
export function textOf(objects: Iterable<SynthesizedObject>): string[] {
  let writing: SynthesizedObject | undefined;
  function* eachObject(): Generator<unknown> {
    for (const one of objects) {
      writing = one;
      yield one.object;
      // An error from here on belongs to the next object, which is being resolved.
      writing = undefined;
    }
  }
  try {
    return emitYamlPieces(eachObject());
  } catch (error) {
    if (writing === undefined) throw error;
    throw notWritten(writing, error instanceof Error ? error.message : String(error), error);
  }
}

function chartNames(charts: readonly SynthesizedChart[], numbered: boolean): string[] {
  const named = charts.map(({ chart }, index) => {
    const name = Names.toDnsLabel(chart);
    return { item: chart, candidates: [numbered ? `${String(index).padStart(4, '0')}-${name}` : name] };
  });
  return distinctNames(named, ({ node }) => `chart ${node.path}`);
}

/**
 * Candidate names for the file of a single object, the one of cdk8s first; empty for objects that are not written.
 *
 * @param ofConstruct - whether to use the name before JSON patches, as cdk8s does for files in folders
 */
function fileNamesOf(one: SynthesizedObject, ofConstruct: boolean): string[] {
  const named = ofConstruct && ApiObject.isApiObject(one.construct) ? one.construct : one.object;
  if (named === undefined) return [];
  const { kind, metadata } = named;
  if (!metadata) throw notWritten(one, 'its file is named by its metadata, but it has none');
  const { apiVersion = '', metadata: written } = one.object ?? {};
  const { name } = metadata;
  const joined = (...parts: readonly unknown[]) => parts.filter((part) => part !== undefined && part !== '').join('.');
  return [
    `${kind}.${name}`,
    joined(kind, written?.namespace, name),
    joined(kind, apiGroup(apiVersion), written?.namespace, name),
  ].map((name) => name.replace(/[^0-9a-zA-Z-_.]/g, ''));
}

function notWritten({ construct }: SynthesizedObject, reason: string, cause?: unknown): Error {
  return new Error(`Failed serializing construct at path '${construct.node.path}': ${reason}`, { cause });
}

function constructMetadata(charts: readonly SynthesizedChart[]): string {
  const resources: Record<string, { path: string }> = {};
  for (const { name, node } of charts.flatMap(({ apiObjects }) => apiObjects)) resources[name] = { path: node.path };
  return JSON.stringify({ version: '1.0.0', resources });
}
