import type { ApiEnablement, Cluster, ClusterTaint } from '../karmada/cluster';
import { type FieldSteps, fieldPath } from '../kubernetes/field-path';
import { frozen } from '../kubernetes/freeze';
import { listItems } from '../kubernetes/list';
import { checkFlag, checkRecord } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { quoted } from '../problem/words';
import { parseDocuments } from '../yaml/parse-documents';
import { resourceModelsFrom, resourceSummaryFrom } from './cluster-capacity';
import { checkClusterName } from './cluster-name';
import { clusterFrom, type Place } from './cluster-properties';
import { Field } from './field';

/**
 * Clusters of a fleet file or of kubectl output; the format is detected.
 *
 * @throws ModelError with the line of the mistake
 */
export function clustersFromText(text: string): Cluster[] {
  if (typeof text !== 'string') {
    throw new ModelError(`Fleet.parse needs the text of a file, got ${quoted(text)}`, {
      code: 'property.type',
      fix: 'read the file first, or use Fleet.of or Fleet.fromClusters',
    });
  }
  const documents = documentsOf(text);
  const [first] = documents;
  // Every Kubernetes object has a kind; a fleet file never has one.
  if (documents.length === 1 && isRecord(first!.value) && !('kind' in first!.value)) return clustersFromFile(first!);
  return withoutRoom(documents.flatMap(({ value, place }) => clustersFromObject(value, place)));
}

/** Clusters of the parsed value of a fleet file. */
export function clustersFromData(value: unknown): Cluster[] {
  return clustersFromFile({ value, place: () => '' });
}

/** Clusters of the output of `kubectl get clusters -o yaml|json`, as text or parsed. */
export function clustersFromKubectl(clusters: string | object): Cluster[] {
  if (typeof clusters === 'string') {
    return withoutRoom(documentsOf(clusters).flatMap(({ value, place }) => clustersFromObject(value, place)));
  }
  const values: readonly unknown[] = Array.isArray(clusters) ? clusters : [clusters];
  return withoutRoom(values.flatMap((value) => clustersFromObject(value, () => '')));
}

/** A live cluster that reports no resources, while others do, counts as full. */
function withoutRoom(clusters: readonly Cluster[]): Cluster[] {
  if (!clusters.some(({ resourceSummary }) => resourceSummary)) return [...clusters];
  return clusters.map((cluster) =>
    cluster.resourceSummary ? cluster : frozen<Cluster>({ ...cluster, resourceSummary: {} }),
  );
}

interface TextDocument {
  readonly value: unknown;
  readonly place: Place;
}

function clustersFromFile({ value, place }: TextDocument): Cluster[] {
  // Editors read the address of the schema.
  const known = ['clusters', 'schedulerEstimators', '$schema'];
  const unknown = Object.keys(Object(value)).find((property) => !known.includes(property));
  const owner = `${place(unknown === undefined ? [] : [unknown])}fleet file`;
  const { clusters, schedulerEstimators } = checkRecord(value, known, owner);
  if (schedulerEstimators !== undefined) {
    checkFlag(schedulerEstimators, `${place(['schedulerEstimators'])}fleet file: schedulerEstimators`);
  }
  if (!isRecord(clusters)) {
    throw new ModelError(
      `${place(['clusters'])}fleet file: clusters must be an object of clusters, got ${quoted(clusters)}`,
      {
        code: 'fleet.shape',
        fix: 'write "clusters:" and below it each name, as in `member1: { region: eu }`',
      },
    );
  }
  return Object.entries(clusters)
    .map(([name, properties]) => clusterFrom(name, properties, (path) => place(['clusters', name, ...path])))
    .map((cluster) =>
      schedulerEstimators && cluster.schedulerEstimator === undefined
        ? frozen<Cluster>({ ...cluster, schedulerEstimator: true })
        : cluster,
    );
}

function clustersFromObject(object: unknown, place: Place): Cluster[] {
  const items = listItems(object);
  if (items) {
    return items.flatMap((item, index) => clustersFromObject(item, (path) => place(['items', index, ...path])));
  }
  const kind = isRecord(object) ? object['kind'] : undefined;
  const apiVersion = isRecord(object) ? object['apiVersion'] : undefined;
  if (
    !isRecord(object) ||
    kind !== 'Cluster' ||
    typeof apiVersion !== 'string' ||
    !apiVersion.startsWith('cluster.karmada.io/')
  ) {
    const found =
      typeof kind === 'string' && typeof apiVersion === 'string' ? `${kind} of ${apiVersion}` : quoted(object);
    throw new ModelError(`${place([])}expected a Cluster of cluster.karmada.io/v1alpha1, got ${found}`, {
      code: 'fleet.kind',
      fix: 'give a fleet file, or the output of `kubectl get clusters -o yaml` on the Karmada control plane',
    });
  }
  return [liveCluster(object, place)];
}

/** Does not check for unknown fields: Karmada has validated a live Cluster, and newer releases may add fields. */
function liveCluster(object: Readonly<Record<string, unknown>>, place: Place): Cluster {
  const named = (path: FieldSteps) => `${place(path)}Cluster`;
  const top = new Field(object, [], {
    named,
    code: 'fleet.shape',
    fix: 'give what `kubectl get clusters -o yaml` prints, unchanged',
  });
  const [metadata, spec, status] = [top.at('metadata'), top.at('spec'), top.at('status')];
  const name = metadata.at('name').value;
  checkClusterName(name, named(['metadata', 'name']));
  const labels = metadata.at('labels');
  const [provider, region, zone] = ['provider', 'region', 'zone'].map((field) => spec.at(field).text());
  const zones = texts(spec.at('zones'));
  // `zone` is the deprecated form of `zones`; Karmada moves it there on the next write.
  if (zones.length === 0 && zone) zones.push(zone);
  const taints = spec.at('taints').items().map(liveTaint);
  const [models, summary] = [spec.at('resourceModels').value, status.at('resourceSummary').value];
  const nodes = status.at('nodeSummary').at('totalNum').value;
  const conditions = status.at('conditions').items();
  const ready = conditions.find((condition) => condition.at('type').text() === 'Ready');
  return frozen<Cluster>({
    name,
    ...('labels' in metadata.object() && {
      labels: Object.fromEntries(Object.keys(labels.object()).map((key) => [key, labels.at(key).text() ?? ''])),
    }),
    ...(provider ? { provider } : {}),
    ...(region ? { region } : {}),
    ...(zones.length > 0 && { zones }),
    ...(taints.length > 0 && { taints }),
    ...('apiEnablements' in status.object() && { apiEnablements: status.at('apiEnablements').items().map(liveApi) }),
    ...(metadata.at('deletionTimestamp').text() && { deleting: true }),
    ...(models !== undefined && { resourceModels: resourceModelsFrom(models, ['spec', 'resourceModels'], named) }),
    ...(summary !== undefined && {
      resourceSummary: resourceSummaryFrom(summary, ['status', 'resourceSummary'], named),
    }),
    ...(Number.isSafeInteger(nodes) && { nodes: nodes as number }),
    ...(ready && { ready: ready.at('status').text() === 'True' }),
  });
}

function liveTaint(taint: Field): ClusterTaint {
  const value = taint.at('value').text();
  return {
    key: taint.at('key').text() ?? '',
    effect: taint.at('effect').text() ?? '',
    ...(value !== undefined && { value }),
  };
}

function liveApi(api: Field): ApiEnablement {
  return {
    groupVersion: api.at('groupVersion').text() ?? '',
    kinds: api
      .at('resources')
      .items()
      .map((resource) => resource.at('kind').text() ?? ''),
  };
}

function texts(list: Field): string[] {
  return list.items().map((item) => item.text() ?? '');
}

function documentsOf(text: string): TextDocument[] {
  const documents = parseDocuments(text, 'fleet.syntax');
  if (documents.length === 0) {
    throw new ModelError('the fleet file is empty', {
      code: 'fleet.empty',
      fix: 'write `clusters:` and below it each member cluster',
    });
  }
  return documents.map(({ value, locate }) => ({
    value,
    place: (path) => `line ${locate(fieldPath(path)).line}: `,
  }));
}
