import type { Rule } from '../rule';
import { noAffinityWithoutClusters } from './no-affinity-without-clusters';
import { noAmbiguousPolicy } from './no-ambiguous-policy';
import { noAmbiguousZoneSelector } from './no-ambiguous-zone-selector';
import { noBindingNameCollision } from './no-binding-name-collision';
import { noCandidateWithoutWeight } from './no-candidate-without-weight';
import { noClientWithoutServer } from './no-client-without-server';
import { noClusterScopedSelector } from './no-cluster-scoped-selector';
import { noClusterWithoutReplicas } from './no-cluster-without-replicas';
import { noDeadSelector } from './no-dead-selector';
import { noDeadWeight } from './no-dead-weight';
import { noDroppedZeroReplicas } from './no-dropped-zero-replicas';
import { noDuplicateObject } from './no-duplicate-object';
import { noExcludedClusterName } from './no-excluded-cluster-name';
import { noForeignNamespaceSelector } from './no-foreign-namespace-selector';
import { noForeignScheduler } from './no-foreign-scheduler';
import { noHomeboundNamespace } from './no-homebound-namespace';
import { noIdleFallback } from './no-idle-fallback';
import { noIgnoredDivisionSettings } from './no-ignored-division-settings';
import { noIgnoredLabelSelector } from './no-ignored-label-selector';
import { noImplicitDivision } from './no-implicit-division';
import { noLazyFirstApply } from './no-lazy-first-apply';
import { noNamespaceOnClusterSelector } from './no-namespace-on-cluster-selector';
import { noNamespacePlacement } from './no-namespace-placement';
import { noOpenPlacement } from './no-open-placement';
import { noOutrankedClusterPolicy } from './no-outranked-cluster-policy';
import { noOverlappingWeights } from './no-overlapping-weights';
import { noPriorityWithoutPreemption } from './no-priority-without-preemption';
import { noRepeatedClusterName } from './no-repeated-cluster-name';
import { noServiceWithoutBackends } from './no-service-without-backends';
import { noSpreadByLabel } from './no-spread-by-label';
import { noSpreadByZoneOrProvider } from './no-spread-by-zone-or-provider';
import { noSpreadWithStaticWeights } from './no-spread-with-static-weights';
import { noStaticWeightsBesideDynamic } from './no-static-weights-beside-dynamic';
import { noSystemMetadata } from './no-system-metadata';
import { noTieDecidedByUid } from './no-tie-decided-by-uid';
import { noUncarriedCompanion } from './no-uncarried-companion';
import { noUndeclaredFeatureGate } from './no-undeclared-feature-gate';
import { noUndividedKind } from './no-undivided-kind';
import { noUnknownCluster } from './no-unknown-cluster';
import { noUnmatchedWeights } from './no-unmatched-weights';
import { noUnpropagatableTarget } from './no-unpropagatable-target';
import { noUnpropagatedObject } from './no-unpropagated-object';
import { noUnreachableMinGroups } from './no-unreachable-min-groups';
import { noUntoleratedTaint } from './no-untolerated-taint';
import { requireAffinityLabel } from './require-affinity-label';
import { requireCarriedReferences } from './require-carried-references';
import { requireCrdPropagation } from './require-crd-propagation';
import { requireDependentOverride } from './require-dependent-override';
import { requireMaxGroups } from './require-max-groups';
import { requireReferencedObject } from './require-referenced-object';
import { validClusterSelector } from './valid-cluster-selector';
import { validLabelSelector } from './valid-label-selector';
import { validSelectorVersion } from './valid-selector-version';

/** Every rule of the layers federation and advice, in the order of their ids. */
export const rules: readonly Rule[] = [
  noAffinityWithoutClusters,
  noAmbiguousPolicy,
  noAmbiguousZoneSelector,
  noBindingNameCollision,
  noCandidateWithoutWeight,
  noClientWithoutServer,
  noClusterScopedSelector,
  noClusterWithoutReplicas,
  noDeadSelector,
  noDeadWeight,
  noDroppedZeroReplicas,
  noDuplicateObject,
  noExcludedClusterName,
  noForeignNamespaceSelector,
  noForeignScheduler,
  noHomeboundNamespace,
  noIdleFallback,
  noIgnoredDivisionSettings,
  noIgnoredLabelSelector,
  noImplicitDivision,
  noLazyFirstApply,
  noNamespaceOnClusterSelector,
  noNamespacePlacement,
  noOpenPlacement,
  noOutrankedClusterPolicy,
  noOverlappingWeights,
  noPriorityWithoutPreemption,
  noRepeatedClusterName,
  noServiceWithoutBackends,
  noSpreadByLabel,
  noSpreadByZoneOrProvider,
  noSpreadWithStaticWeights,
  noStaticWeightsBesideDynamic,
  noSystemMetadata,
  noTieDecidedByUid,
  noUncarriedCompanion,
  noUndeclaredFeatureGate,
  noUndividedKind,
  noUnknownCluster,
  noUnmatchedWeights,
  noUnpropagatableTarget,
  noUnpropagatedObject,
  noUnreachableMinGroups,
  noUntoleratedTaint,
  requireAffinityLabel,
  requireCarriedReferences,
  requireCrdPropagation,
  requireDependentOverride,
  requireMaxGroups,
  requireReferencedObject,
  validClusterSelector,
  validLabelSelector,
  validSelectorVersion,
];

/**
 * Of several rules that see the same cause the first one here speaks; the others stand in its `related`.
 * A rule that is not here comes after all that are.
 */
export const ranking: readonly string[] = [
  'no-duplicate-object',
  'valid-selector-version',
  'no-unpropagatable-target',
  'no-foreign-namespace-selector',
  'no-cluster-scoped-selector',
  'no-namespace-on-cluster-selector',
  'valid-label-selector',
  'require-crd-propagation',
  'no-client-without-server',
  'no-service-without-backends',
  'no-cluster-without-replicas',
  'no-tie-decided-by-uid',
  'valid-cluster-selector',
  'no-unmatched-weights',
  'no-unknown-cluster',
  'no-repeated-cluster-name',
  'no-excluded-cluster-name',
  'no-untolerated-taint',
  'no-affinity-without-clusters',
  'no-dead-weight',
  'no-candidate-without-weight',
  'no-unreachable-min-groups',
  'no-open-placement',
  'require-carried-references',
  'no-uncarried-companion',
  'require-referenced-object',
];
