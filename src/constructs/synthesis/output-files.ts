import { type Chart, Names, YamlOutputType } from 'cdk8s';
import type { FolderFile } from '../../manifests/write-folder';
import type { KubernetesObject } from '../../model/kubernetes-object';
import { emitYamlPieces } from '../../yaml/emit';
import type { SynthesizedApp, SynthesizedChart } from './synthesized-app';

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
  const add = (name: string, objects: Iterable<unknown>): void => {
    files.set(`${name}${options.outputFileExtension}`, emitYamlPieces(objects));
  };
  const nameOf = (chart: Chart, index: number): string => {
    const name = Names.toDnsLabel(chart);
    return chartsDepend ? `${String(index).padStart(4, '0')}-${name}` : name;
  };

  switch (options.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (charts.length > 0) add(options.appFile, plainObjects(charts));
      break;
    case YamlOutputType.FILE_PER_CHART:
      charts.forEach((chart, index) => {
        add(nameOf(chart.chart, index), plainObjects([chart]));
      });
      break;
    case YamlOutputType.FILE_PER_RESOURCE:
      for (const object of plainObjects(charts)) add(fileNameOf(object), [object]);
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      charts.forEach((chart, index) => {
        const folder = nameOf(chart.chart, index);
        for (const object of plainObjects([chart])) add(`${folder}/${fileNameOf(object)}`, [object]);
      });
      break;
    default:
      options.yamlOutputType satisfies never;
  }
  if (options.recordConstructMetadata) files.set('construct-metadata.json', constructMetadata(charts));
  return [...files].map(([path, text]) => ({ path, text }));
}

/** The objects of charts, as they are resolved. */
export function* plainObjects(charts: readonly SynthesizedChart[]): Generator<KubernetesObject> {
  for (const { objects } of charts) for (const { object } of objects) yield object;
}

function fileNameOf(object: KubernetesObject): string {
  return `${object.kind}.${object.metadata?.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}

function constructMetadata(charts: readonly SynthesizedChart[]): string {
  const resources: Record<string, { path: string }> = {};
  for (const { name, node } of charts.flatMap(({ apiObjects }) => apiObjects)) resources[name] = { path: node.path };
  return JSON.stringify({ version: '1.0.0', resources });
}
