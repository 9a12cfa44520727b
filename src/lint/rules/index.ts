import type { Rule } from '../rule';
import { noAffinityWithoutClusters } from './no-affinity-without-clusters';
import { noAmbiguousZoneSelector } from './no-ambiguous-zone-selector';
import { noClientWithoutServer } from './no-client-without-server';
import { noClusterWithoutReplicas } from './no-cluster-without-replicas';
import { noDroppedZeroReplicas } from './no-dropped-zero-replicas';
import { noDuplicateObject } from './no-duplicate-object';
import { noExcludedClusterName } from './no-excluded-cluster-name';
import { noIdleFallback } from './no-idle-fallback';
import { noIgnoredDivisionSettings } from './no-ignored-division-settings';
import { noOpenPlacement } from './no-open-placement';
import { noRepeatedClusterName } from './no-repeated-cluster-name';
import { noServiceWithoutBackends } from './no-service-without-backends';
import { noSpreadByLabel } from './no-spread-by-label';
import { noSpreadByZoneOrProvider } from './no-spread-by-zone-or-provider';
import { noSpreadWithStaticWeights } from './no-spread-with-static-weights';
import { noStaticWeightsBesideDynamic } from './no-static-weights-beside-dynamic';
import { noTieDecidedByUid } from './no-tie-decided-by-uid';
import { noUndeclaredFeatureGate } from './no-undeclared-feature-gate';
import { noUndividedKind } from './no-undivided-kind';
import { noUnknownCluster } from './no-unknown-cluster';
import { noUnreachableMinGroups } from './no-unreachable-min-groups';
import { noUntoleratedTaint } from './no-untolerated-taint';
import { requireAffinityLabel } from './require-affinity-label';
import { requireMaxGroups } from './require-max-groups';
import { validClusterSelector } from './valid-cluster-selector';

/** Every rule of the layers federation and advice, in the order of their ids. */
export const rules: readonly Rule[] = [
  noAffinityWithoutClusters,
  noAmbiguousZoneSelector,
  noClientWithoutServer,
  noClusterWithoutReplicas,
  noDroppedZeroReplicas,
  noDuplicateObject,
  noExcludedClusterName,
  noIdleFallback,
  noIgnoredDivisionSettings,
  noOpenPlacement,
  noRepeatedClusterName,
  noServiceWithoutBackends,
  noSpreadByLabel,
  noSpreadByZoneOrProvider,
  noSpreadWithStaticWeights,
  noStaticWeightsBesideDynamic,
  noTieDecidedByUid,
  noUndeclaredFeatureGate,
  noUndividedKind,
  noUnknownCluster,
  noUnreachableMinGroups,
  noUntoleratedTaint,
  requireAffinityLabel,
  requireMaxGroups,
  validClusterSelector,
];

/**
 * Of several rules that see the same cause the first one here speaks; the others stand in its `related`.
 * A rule that is not here comes after all that are.
 */
export const ranking: readonly string[] = [
  'no-duplicate-object',
  'no-client-without-server',
  'no-service-without-backends',
  'no-cluster-without-replicas',
  'no-tie-decided-by-uid',
  'valid-cluster-selector',
  'no-unknown-cluster',
  'no-repeated-cluster-name',
  'no-excluded-cluster-name',
  'no-untolerated-taint',
  'no-affinity-without-clusters',
  'no-unreachable-min-groups',
  'no-open-placement',
];
