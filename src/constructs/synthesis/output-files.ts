import { ApiObject, type Chart, Names, YamlOutputType } from 'cdk8s';
import type { KubernetesObject } from '../../kubernetes/object';
import type { FolderFile } from '../../manifests/write-folder';
import { emitYamlPieces } from '../../yaml/emit';
import type { SynthesizedApp, SynthesizedChart, SynthesizedObject } from './synthesized-app';

/** How an application is divided into files. */
export interface OutputOptions {
  readonly yamlOutputType: YamlOutputType;
  /** End of every file name, such as `.k8s.yaml`. */
  readonly outputFileExtension: string;
  /** Name of the one file of `YamlOutputType.FILE_PER_APP`. */
  readonly appFile: string;
  /** Whether a file says which construct each object comes from, as validation plugins of cdk8s want to know. */
  readonly recordConstructMetadata: boolean;
}

/**
 * The files of an application, complete in memory. Of two objects with one file name the last one stays, as with cdk8s.
 *
 * @see cdk8s 2.70 src/app.ts, synth
 */
export function outputFiles({ charts, chartsDepend }: SynthesizedApp, options: OutputOptions): FolderFile[] {
  const files = new Map<string, FolderFile['text']>();
  const add = (name: string, objects: Iterable<SynthesizedObject>): void => {
    files.set(`${name}${options.outputFileExtension}`, textOf(objects));
  };
  const nameOf = (chart: Chart, index: number): string => {
    const name = Names.toDnsLabel(chart);
    return chartsDepend ? `${String(index).padStart(4, '0')}-${name}` : name;
  };

  switch (options.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (charts.length > 0) add(options.appFile, objectsIn(charts));
      break;
    case YamlOutputType.FILE_PER_CHART:
      charts.forEach((chart, index) => {
        add(nameOf(chart.chart, index), chart.objects);
      });
      break;
    case YamlOutputType.FILE_PER_RESOURCE:
      for (const one of objectsIn(charts)) if (one.object !== undefined) add(fileNameOf(one, one.object), [one]);
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      charts.forEach((chart, index) => {
        const folder = nameOf(chart.chart, index);
        // cdk8s asks the construct there, as it was before any patch.
        for (const one of chart.objects) {
          const named = ApiObject.isApiObject(one.construct) ? one.construct : one.object;
          if (named !== undefined) add(`${folder}/${fileNameOf(one, named)}`, [one]);
        }
      });
      break;
    default:
      options.yamlOutputType satisfies never;
  }
  if (options.recordConstructMetadata) files.set('construct-metadata.json', constructMetadata(charts));
  return [...files].map(([path, text]) => ({ path, text }));
}

/** The objects of charts, as they are resolved. */
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
      // What goes wrong while the next one is resolved has nothing to do with this one.
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

/** The name of the file that an object alone is written into. */
function fileNameOf(one: SynthesizedObject, { kind, metadata }: KubernetesObject | ApiObject): string {
  if (!metadata) throw notWritten(one, 'its file is named by its metadata, and it has none');
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

function notWritten({ construct }: SynthesizedObject, reason: string, cause?: unknown): Error {
  return new Error(`Failed serializing construct at path '${construct.node.path}': ${reason}`, { cause });
}

function constructMetadata(charts: readonly SynthesizedChart[]): string {
  const resources: Record<string, { path: string }> = {};
  for (const { name, node } of charts.flatMap(({ apiObjects }) => apiObjects)) resources[name] = { path: node.path };
  return JSON.stringify({ version: '1.0.0', resources });
}
