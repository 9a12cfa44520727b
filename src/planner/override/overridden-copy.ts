import type { Cluster } from '../../karmada/cluster';
import type { KubernetesObject } from '../../kubernetes/object';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { applyOverrides, type OverrideOptions, type OverrideResult } from './apply-overrides';
import { storedTemplate } from './stored-template';

/**
 * As `applyOverrides`, for a template as it is written. A rule may need a field that only the stored object has: a
 * default of the API server, or labels and annotations, which Karmada writes. A rule that fails is therefore tried on
 * the stored form, which the copy then has.
 */
export function overriddenCopy(
  object: KubernetesObject,
  cluster: Cluster,
  state: ControlPlaneState,
  options: OverrideOptions,
): OverrideResult {
  const result = applyOverrides(object, cluster, state, options);
  return result.kind === 'failed' ? applyOverrides(storedTemplate(object), cluster, state, options) : result;
}
