import { suspensionCauses } from '../admission/rules/suspension';
import { type SuspensionSpec, specProperties } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkedList, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';
import { checkClusterNames } from './cluster-name';
import { type ClusterChoice, chosenClusters } from './clusters';
import { refuse } from './refuse';

/**
 * Suspends updates to some or all clusters. Scheduling continues, and running objects stay. Immutable.
 *
 * @see Karmada v1.18.2 pkg/apis/policy/v1alpha1/propagation_types.go, Suspension
 */
export class Suspension {
  /** Suspends updates to every cluster. */
  static everywhere(): Suspension {
    return new Suspension({ dispatching: true });
  }

  /**
   * Suspends updates to these clusters.
   *
   * @param clusters - names; Karmada suspends by name only
   * @throws ModelError `suspension.clusters` for Clusters that are not selected by name only, `clusters.empty`, `clusters.duplicate`, `cluster.name`
   */
  static on(...clusters: ClusterChoice): Suspension {
    if (clusters.length === 0)
      checkClusterNames([], 'Suspension.on', 'name at least one, or use Suspension.everywhere()');
    const chosen = chosenClusters(clusters, 'Suspension.on');
    if (!chosen.isByName) {
      throw new ModelError('Suspension.on needs clusters by name, without other conditions', {
        code: 'suspension.clusters',
        fix: 'name each cluster, or use Suspension.everywhere()',
      });
    }
    return new Suspension({ dispatchingOnClusters: { clusterNames: chosen.names } });
  }

  /**
   * Reads a suspension from a manifest.
   *
   * @throws ModelError for what Karmada rejects, `suspension.empty` if it suspends nothing
   */
  static fromSpec(spec: SuspensionSpec): Suspension {
    return new Suspension(spec);
  }

  private readonly spec: SuspensionSpec;

  private constructor(spec: SuspensionSpec) {
    checkSuspension(spec);
    this.spec = frozen(spec);
    Object.freeze(this);
  }

  /** The names of the suspended clusters. Empty if all are suspended. */
  get clusters(): readonly string[] {
    return this.spec.dispatchingOnClusters?.clusterNames ?? [];
  }

  /** The suspension for a manifest: frozen. */
  toSpec(): SuspensionSpec {
    return this.spec;
  }
}

function checkSuspension(spec: SuspensionSpec): void {
  checkProperties(spec, specProperties.SuspensionSpec, 'suspension');
  const { dispatching, dispatchingOnClusters } = spec;
  if (dispatching !== undefined && typeof dispatching !== 'boolean') {
    throw new ModelError(`suspension: dispatching must be true or false, got ${quoted(dispatching)}`, {
      code: 'property.type',
      fix: 'write true, or omit it',
    });
  }
  if (dispatchingOnClusters !== undefined) {
    checkProperties(
      dispatchingOnClusters,
      specProperties.DispatchingOnClustersSpec,
      'suspension: dispatchingOnClusters',
    );
  }
  const names = checkedList(dispatchingOnClusters?.clusterNames, 'suspension: clusterNames');
  if (names.length > 0) checkClusterNames(names, 'suspension', '');
  refuse(suspensionCauses(spec, 'suspension'), 'suspension.clusters');
  if (dispatching !== true && names.length === 0) {
    throw new ModelError('suspension suspends nothing', {
      code: 'suspension.empty',
      fix: 'omit it, or use Suspension.everywhere() or Suspension.on(…)',
    });
  }
}
