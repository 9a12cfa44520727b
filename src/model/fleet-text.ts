import type { ApiEnablement, Cluster, ClusterTaint } from '../karmada/cluster';
import { fieldPath } from '../kubernetes/field-path';
import { frozen } from '../kubernetes/freeze';
import { listItems } from '../kubernetes/list';
import { checkRecord, isRecord } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { parseYaml } from '../yaml/parse';
import { checkClusterName } from './cluster-name';
import { clusterFrom, type Place } from './cluster-properties';

/**
 * Clusters of a fleet file, or of what kubectl printed, whichever the text holds.
 *
 * @throws ModelError with the line where the mistake is
 */
export function clustersFromText(text: string): Cluster[] {
  const documents = parseDocuments(text);
  const [first] = documents;
  // Any Kubernetes object has a kind, and a fleet file never has one.
  if (documents.length === 1 && isRecord(first!.value) && !('kind' in first!.value)) return clustersFromFile(first!);
  return documents.flatMap(({ value, place }) => clustersFromObject(value, place));
}

/** Clusters of what `kubectl get clusters -o yaml|json` printed, as text or parsed. */
export function clustersFromKubectl(clusters: string | object): Cluster[] {
  if (typeof clusters === 'string') {
    return parseDocuments(clusters).flatMap(({ value, place }) => clustersFromObject(value, place));
  }
  const values: readonly unknown[] = Array.isArray(clusters) ? clusters : [clusters];
  return values.flatMap((value) => clustersFromObject(value, () => ''));
}

interface TextDocument {
  readonly value: unknown;
  readonly place: Place;
}

function clustersFromFile({ value, place }: TextDocument): Cluster[] {
  const unknown = Object.keys(value as object).find((property) => property !== 'clusters');
  const { clusters } = checkRecord(value, ['clusters'], `${place(unknown === undefined ? [] : [unknown])}fleet file`);
  if (!isRecord(clusters)) {
    throw new ModelError(
      `${place(['clusters'])}fleet file: clusters must be an object of clusters, got ${quoted(clusters)}`,
      {
        code: 'fleet.shape',
        fix: 'write "clusters:" and below it each name, as in `member1: { region: eu }`',
      },
    );
  }
  return Object.entries(clusters).map(([name, properties]) =>
    clusterFrom(name, properties, (path) => place(['clusters', name, ...path])),
  );
}

function clustersFromObject(object: unknown, place: Place): Cluster[] {
  const items = listItems(object);
  if (items) {
    return items.flatMap((item, index) => clustersFromObject(item, (path) => place(['items', index, ...path])));
  }
  const kind = isRecord(object) ? object['kind'] : undefined;
  const apiVersion = isRecord(object) ? object['apiVersion'] : undefined;
  if (!isRecord(object) || kind !== 'Cluster' || !String(apiVersion).startsWith('cluster.karmada.io/')) {
    const found = kind === undefined ? quoted(object) : `${kind} of ${apiVersion}`;
    throw new ModelError(`${place([])}expected a Cluster of cluster.karmada.io/v1alpha1, got ${found}`, {
      code: 'fleet.kind',
      fix: 'give a fleet file, or what `kubectl get clusters -o yaml` prints on the Karmada control plane',
    });
  }
  return [liveCluster(object, place)];
}

/** Reads only what is there: a live Cluster was checked by Karmada, and newer releases may add fields. */
function liveCluster(object: Readonly<Record<string, unknown>>, place: Place): Cluster {
  const metadata = recordAt(object, 'metadata');
  const spec = recordAt(object, 'spec');
  const status = recordAt(object, 'status');
  const { name } = metadata;
  checkClusterName(name, `${place(['metadata', 'name'])}Cluster`);
  const zones = listAt(spec, 'zones').map(String);
  // `zone` is the deprecated form of `zones`; Karmada moves it there on the next write.
  if (zones.length === 0 && spec['zone']) zones.push(String(spec['zone']));
  const taints = listAt(spec, 'taints') as ClusterTaint[];
  const ready = listAt(status, 'conditions').find((condition) => isRecord(condition) && condition['type'] === 'Ready');
  return frozen<Cluster>({
    name,
    ...('labels' in metadata && { labels: recordAt(metadata, 'labels') as Record<string, string> }),
    ...(spec['provider'] ? { provider: String(spec['provider']) } : {}),
    ...(spec['region'] ? { region: String(spec['region']) } : {}),
    ...(zones.length > 0 && { zones }),
    ...(taints.length > 0 && {
      taints: taints.map(({ key, value, effect }) => ({ key, effect, ...(value !== undefined && { value }) })),
    }),
    ...('apiEnablements' in status && { apiEnablements: listAt(status, 'apiEnablements').map(liveApi) }),
    ...(isRecord(ready) && { ready: ready['status'] === 'True' }),
  });
}

function liveApi(api: unknown): ApiEnablement {
  const { groupVersion, resources } = api as {
    groupVersion: string;
    resources?: readonly { readonly kind: string }[];
  };
  return { groupVersion, kinds: (resources ?? []).map(({ kind }) => kind) };
}

function recordAt(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const inner = value[key];
  return isRecord(inner) ? inner : {};
}

function listAt(value: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const inner = value[key];
  return Array.isArray(inner) ? inner : [];
}

function parseDocuments(text: string): TextDocument[] {
  const { documents, problems } = parseYaml(text);
  const broken = problems.find(({ severity, code }) => severity === 'error' || code === 'yaml.duplicate-key');
  if (broken !== undefined) {
    throw new ModelError(`line ${broken.line}: ${broken.message}`, { code: 'fleet.syntax', fix: broken.fix });
  }
  const present = documents.filter(({ value }) => value !== null);
  if (present.length === 0) {
    throw new ModelError('the fleet file is empty', {
      code: 'fleet.empty',
      fix: 'write `clusters:` and below it each member cluster',
    });
  }
  return present.map(({ value, locate }) => ({
    value,
    place: (path) => `line ${locate(fieldPath(path)).line}: `,
  }));
}
