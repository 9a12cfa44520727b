import { type Cluster, isTopology, topologyOf } from '../../karmada/cluster';
import { ModelError } from '../../problem/model-error';
import { nearMiss, quoted } from '../../problem/words';

/**
 * How clusters are lost. `unjoined`: removed from the control plane, everything is scheduled without them. `lost`: they do
 * not answer, with Karmada's default settings: nothing moves, and what runs there is gone. `evicted`: they do not answer,
 * and failover moves what runs there (gate Failover, `--enable-no-execute-taint-eviction`, a NoExecute taint).
 */
export type LossKind = 'unjoined' | 'lost' | 'evicted';

/** A loss of one or more clusters at once. */
export interface Loss {
  readonly kind: LossKind;
  /** Names of clusters of the fleet, see `clustersLost`. */
  readonly clusters: readonly string[];
}

/**
 * The clusters that a text names, in the order of the fleet: names, `region=eu`, `provider=aws`, `zone=eu-1a`,
 * a label such as `tier=prod`, or several of them separated by commas, which are lost at once. A zone covers clusters that
 * have other zones as well.
 *
 * @throws ModelError `loss.unknown` for a name or value that no cluster has, with the nearest one; `loss.empty` for a text
 *   without names
 */
export function clustersLost(text: string, clusters: readonly Cluster[]): readonly string[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) {
    throw new ModelError('a loss names no cluster', {
      code: 'loss.empty',
      fix: 'write the name of a cluster, or region=eu, provider=aws, zone=eu-1a, or a label such as tier=prod',
    });
  }
  const lost = new Set(parts.flatMap((part) => clustersOfPart(part, clusters)));
  return clusters.map(({ name }) => name).filter((name) => lost.has(name));
}

function clustersOfPart(part: string, clusters: readonly Cluster[]): readonly string[] {
  const names = clusters.map(({ name }) => name);
  if (names.includes(part)) return [part];
  const [, key, value] = /^([^=]+)=(.*)$/.exec(part) ?? [];
  if (key === undefined || value === undefined) {
    throw unknown(`the fleet has no cluster ${quoted(part)}`, part, names);
  }
  const valuesOf = (cluster: Cluster): readonly string[] => {
    if (isTopology(key)) return topologyOf(cluster, key);
    const { labels = {} } = cluster;
    return Object.hasOwn(labels, key) ? [labels[key] as string] : [];
  };
  const found = clusters.filter((cluster) => valuesOf(cluster).includes(value)).map(({ name }) => name);
  if (found.length > 0) return found;
  const known = [...new Set(clusters.flatMap(valuesOf))];
  if (known.length > 0) throw unknown(`no cluster of the fleet has ${part}`, value, known);
  const kind = isTopology(key) ? key : `label ${quoted(key)}`;
  throw new ModelError(`no cluster of the fleet has a ${kind}`, {
    code: 'loss.unknown',
    fix: `add ${kind === key ? 'it' : 'the label'} to the clusters of the fleet, or name the clusters`,
  });
}

function unknown(message: string, written: string, known: readonly string[]): ModelError {
  const meant = nearMiss(written, known);
  const shown = known.length > 8 ? [...known.slice(0, 8), '…'] : known;
  return new ModelError(message, {
    code: 'loss.unknown',
    fix: meant === undefined ? `write one of ${shown.join(', ')}` : `write ${meant}`,
  });
}
