import { type ClusterMatcher, compileClusterAffinity } from '../../karmada/cluster-matcher';
import type { ClusterAffinitySpec } from '../../karmada/policy-spec';
import type { KarmadaVersion } from '../../karmada/release';

/** Compiled affinities of one run. They are not kept beyond it, since authors may edit the affinities. */
export class Matchers {
  readonly #byRelease = new Map<KarmadaVersion, Map<unknown, ClusterMatcher>>();

  /** As {@link compileClusterAffinity}, once for each affinity object. */
  cluster(affinity: ClusterAffinitySpec | null | undefined, karmada: KarmadaVersion): ClusterMatcher {
    let compiled = this.#byRelease.get(karmada);
    if (!compiled) {
      compiled = new Map();
      this.#byRelease.set(karmada, compiled);
    }
    let matcher = compiled.get(affinity);
    if (!matcher) {
      matcher = compileClusterAffinity(affinity, karmada);
      compiled.set(affinity, matcher);
    }
    return matcher;
  }
}
