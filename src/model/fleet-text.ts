import type { ApiEnablement, Cluster, ClusterTaint } from '../karmada/cluster';
import { fieldPath } from '../kubernetes/field-path';
import { frozen } from '../kubernetes/freeze';
import { listItems } from '../kubernetes/list';
import { checkFlag, checkRecord, isPropertyBag, isRecord } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { parseDocuments } from '../yaml/parse-documents';
import { resourceModelsFrom, resourceSummaryFrom } from './cluster-capacity';
import { checkClusterName } from './cluster-name';
import { clusterFrom, type Place } from './cluster-properties';

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
  const top: Fields = { value: object, path: [], place };
  const metadata = fieldsAt(top, 'metadata');
  const spec = fieldsAt(top, 'spec');
  const status = fieldsAt(top, 'status');
  const name = valueAt(metadata, 'name');
  checkClusterName(name, `${place(['metadata', 'name'])}Cluster`);
  const labels = fieldsAt(metadata, 'labels');
  const [provider, region, zone] = [textAt(spec, 'provider'), textAt(spec, 'region'), textAt(spec, 'zone')];
  const zones = textsAt(spec, 'zones');
  // `zone` is the deprecated form of `zones`; Karmada moves it there on the next write.
  if (zones.length === 0 && zone) zones.push(zone);
  const taints = itemsAt(spec, 'taints').map(liveTaint);
  const owner = (path: readonly (string | number)[]) => `${place(path)}Cluster`;
  const [models, summary] = [valueAt(spec, 'resourceModels'), valueAt(status, 'resourceSummary')];
  const nodes = valueAt(fieldsAt(status, 'nodeSummary'), 'totalNum');
  const ready = itemsAt(status, 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  return frozen<Cluster>({
    name,
    ...('labels' in metadata.value && {
      labels: Object.fromEntries(Object.keys(labels.value).map((key) => [key, textAt(labels, key) ?? ''])),
    }),
    ...(provider ? { provider } : {}),
    ...(region ? { region } : {}),
    ...(zones.length > 0 && { zones }),
    ...(taints.length > 0 && { taints }),
    ...('apiEnablements' in status.value && { apiEnablements: itemsAt(status, 'apiEnablements').map(liveApi) }),
    ...(textAt(metadata, 'deletionTimestamp') && { deleting: true }),
    ...(models !== undefined && { resourceModels: resourceModelsFrom(models, ['spec', 'resourceModels'], owner) }),
    ...(summary !== undefined && {
      resourceSummary: resourceSummaryFrom(summary, ['status', 'resourceSummary'], owner),
    }),
    ...(Number.isSafeInteger(nodes) && { nodes: nodes as number }),
    ...(ready && { ready: textAt(ready, 'status') === 'True' }),
  });
}

function liveTaint(taint: Fields): ClusterTaint {
  const value = textAt(taint, 'value');
  return {
    key: textAt(taint, 'key') ?? '',
    effect: textAt(taint, 'effect') ?? '',
    ...(value !== undefined && { value }),
  };
}

function liveApi(api: Fields): ApiEnablement {
  return {
    groupVersion: textAt(api, 'groupVersion') ?? '',
    kinds: itemsAt(api, 'resources').map((resource) => textAt(resource, 'kind') ?? ''),
  };
}

/** An object of a live Cluster, with where it stands. */
interface Fields {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[];
  readonly place: Place;
}

/** Null is absent, as for the API server. */
function valueAt({ value }: Fields, key: string): unknown {
  return Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined;
}

function fieldsAt(holder: Fields, key: string): Fields {
  const value = valueAt(holder, key) ?? {};
  const path = [...holder.path, key];
  if (!isPropertyBag(value)) throw misshapen(holder.place, path, 'an object', value);
  return { value, path, place: holder.place };
}

function listAt(holder: Fields, key: string): readonly unknown[] {
  const value = valueAt(holder, key) ?? [];
  if (!Array.isArray(value)) throw misshapen(holder.place, [...holder.path, key], 'a list', value);
  return value;
}

function itemsAt(holder: Fields, key: string): Fields[] {
  return listAt(holder, key).map((value, index) => {
    const path = [...holder.path, key, index];
    if (!isPropertyBag(value)) throw misshapen(holder.place, path, 'an object', value);
    return { value, path, place: holder.place };
  });
}

function textsAt(holder: Fields, key: string): string[] {
  return listAt(holder, key).map((value, index) => {
    if (typeof value !== 'string') throw misshapen(holder.place, [...holder.path, key, index], 'text', value);
    return value;
  });
}

function textAt(holder: Fields, key: string): string | undefined {
  const value = valueAt(holder, key);
  if (value === undefined || typeof value === 'string') return value;
  throw misshapen(holder.place, [...holder.path, key], 'text', value);
}

function misshapen(place: Place, path: readonly (string | number)[], wanted: string, found: unknown): ModelError {
  return new ModelError(`${place(path)}Cluster: ${fieldPath(path)} must be ${wanted}, got ${quoted(found)}`, {
    code: 'fleet.shape',
    fix: 'give what `kubectl get clusters -o yaml` prints, unchanged',
  });
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
