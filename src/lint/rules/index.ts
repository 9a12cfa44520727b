// Written by npm run rules: every file of this folder is a rule.

import type { Rule } from '../engine/rule';
import { noAffinityWithoutClusters } from './no-affinity-without-clusters';
import { noAmbiguousPolicy } from './no-ambiguous-policy';
import { noAmbiguousZoneSelector } from './no-ambiguous-zone-selector';
import { noBindingNameCollision } from './no-binding-name-collision';
import { noBrokenContract } from './no-broken-contract';
import { noCandidateWithoutWeight } from './no-candidate-without-weight';
import { noClientWithoutServer } from './no-client-without-server';
import { noClusterScopedSelector } from './no-cluster-scoped-selector';
import { noClusterWithoutReplicas } from './no-cluster-without-replicas';
import { noCompetingAutoscalers } from './no-competing-autoscalers';
import { noCompetingOverrides } from './no-competing-overrides';
import { noConflictWithMemberDefault } from './no-conflict-with-member-default';
import { noDeadSelector } from './no-dead-selector';
import { noDeadWeight } from './no-dead-weight';
import { noDividedState } from './no-divided-state';
import { noDroppedZeroReplicas } from './no-dropped-zero-replicas';
import { noDuplicateObject } from './no-duplicate-object';
import { noExcludedClusterName } from './no-excluded-cluster-name';
import { noForeignNamespaceSelector } from './no-foreign-namespace-selector';
import { noForeignScheduler } from './no-foreign-scheduler';
import { noHomeboundNamespace } from './no-homebound-namespace';
import { noIdleFailover } from './no-idle-failover';
import { noIdleFallback } from './no-idle-fallback';
import { noIdleOverride } from './no-idle-override';
import { noIgnoredDivisionSettings } from './no-ignored-division-settings';
import { noIgnoredLabelSelector } from './no-ignored-label-selector';
import { noImplicitDivision } from './no-implicit-division';
import { noIngressWithoutService } from './no-ingress-without-service';
import { noLazyFirstApply } from './no-lazy-first-apply';
import { noNamespaceOnClusterSelector } from './no-namespace-on-cluster-selector';
import { noNamespacePlacement } from './no-namespace-placement';
import { noNativeHpa } from './no-native-hpa';
import { noOpenPlacement } from './no-open-placement';
import { noOutrankedClusterPolicy } from './no-outranked-cluster-policy';
import { noOverlappingWeights } from './no-overlapping-weights';
import { noPartialArgsRemoval } from './no-partial-args-removal';
import { noPriorityWithoutPreemption } from './no-priority-without-preemption';
import { noPropagatedHook } from './no-propagated-hook';
import { noQuotaBelowPlan } from './no-quota-below-plan';
import { noRepeatedClusterName } from './no-repeated-cluster-name';
import { noRepeatedQuotaCluster } from './no-repeated-quota-cluster';
import { noReplacedMap } from './no-replaced-map';
import { noReplicasOverride } from './no-replicas-override';
import { noResetReplicas } from './no-reset-replicas';
import { noSeparateChoice } from './no-separate-choice';
import { noServiceOwnedTwice } from './no-service-owned-twice';
import { noServiceWithoutBackends } from './no-service-without-backends';
import { noSpreadByLabel } from './no-spread-by-label';
import { noSpreadByZoneOrProvider } from './no-spread-by-zone-or-provider';
import { noSpreadWithStaticWeights } from './no-spread-with-static-weights';
import { noStaleRebalancer } from './no-stale-rebalancer';
import { noStaticWeightsBesideDynamic } from './no-static-weights-beside-dynamic';
import { noSuspensionOutsidePlacement } from './no-suspension-outside-placement';
import { noSystemMetadata } from './no-system-metadata';
import { noTieDecidedByUid } from './no-tie-decided-by-uid';
import { noUncarriedCompanion } from './no-uncarried-companion';
import { noUndecidedContract } from './no-undecided-contract';
import { noUndeclaredFeatureGate } from './no-undeclared-feature-gate';
import { noUndividedKind } from './no-undivided-kind';
import { noUnknownCluster } from './no-unknown-cluster';
import { noUnmatchedWeights } from './no-unmatched-weights';
import { noUnpropagatableTarget } from './no-unpropagatable-target';
import { noUnpropagatedObject } from './no-unpropagated-object';
import { noUnreachableMinGroups } from './no-unreachable-min-groups';
import { noUnreachedOverride } from './no-unreached-override';
import { noUnreadClusterLists } from './no-unread-cluster-lists';
import { noUnscopedOverride } from './no-unscoped-override';
import { noUntargetedImageOverride } from './no-untargeted-image-override';
import { noUntoleratedTaint } from './no-untolerated-taint';
import { requireAffinityLabel } from './require-affinity-label';
import { requireCarriedReferences } from './require-carried-references';
import { requireCrdPropagation } from './require-crd-propagation';
import { requireDependentOverride } from './require-dependent-override';
import { requireMaxGroups } from './require-max-groups';
import { requireMulticlusterServicePartner } from './require-multicluster-service-partner';
import { requireReferencedObject } from './require-referenced-object';
import { requireServiceExportPath } from './require-service-export-path';
import { validAutoscalerTarget } from './valid-autoscaler-target';
import { validClusterSelector } from './valid-cluster-selector';
import { validCronRule } from './valid-cron-rule';
import { validImportedServiceName } from './valid-imported-service-name';
import { validLabelSelector } from './valid-label-selector';
import { validOverrideResult } from './valid-override-result';
import { validPatch } from './valid-patch';
import { validSelectorVersion } from './valid-selector-version';
import { validTaintPolicy } from './valid-taint-policy';

/** Every rule of the layers federation and advice, sorted by id. */
export const rules: readonly Rule[] = [
  noAffinityWithoutClusters,
  noAmbiguousPolicy,
  noAmbiguousZoneSelector,
  noBindingNameCollision,
  noBrokenContract,
  noCandidateWithoutWeight,
  noClientWithoutServer,
  noClusterScopedSelector,
  noClusterWithoutReplicas,
  noCompetingAutoscalers,
  noCompetingOverrides,
  noConflictWithMemberDefault,
  noDeadSelector,
  noDeadWeight,
  noDividedState,
  noDroppedZeroReplicas,
  noDuplicateObject,
  noExcludedClusterName,
  noForeignNamespaceSelector,
  noForeignScheduler,
  noHomeboundNamespace,
  noIdleFailover,
  noIdleFallback,
  noIdleOverride,
  noIgnoredDivisionSettings,
  noIgnoredLabelSelector,
  noImplicitDivision,
  noIngressWithoutService,
  noLazyFirstApply,
  noNamespaceOnClusterSelector,
  noNamespacePlacement,
  noNativeHpa,
  noOpenPlacement,
  noOutrankedClusterPolicy,
  noOverlappingWeights,
  noPartialArgsRemoval,
  noPriorityWithoutPreemption,
  noPropagatedHook,
  noQuotaBelowPlan,
  noRepeatedClusterName,
  noRepeatedQuotaCluster,
  noReplacedMap,
  noReplicasOverride,
  noResetReplicas,
  noSeparateChoice,
  noServiceOwnedTwice,
  noServiceWithoutBackends,
  noSpreadByLabel,
  noSpreadByZoneOrProvider,
  noSpreadWithStaticWeights,
  noStaleRebalancer,
  noStaticWeightsBesideDynamic,
  noSuspensionOutsidePlacement,
  noSystemMetadata,
  noTieDecidedByUid,
  noUncarriedCompanion,
  noUndecidedContract,
  noUndeclaredFeatureGate,
  noUndividedKind,
  noUnknownCluster,
  noUnmatchedWeights,
  noUnpropagatableTarget,
  noUnpropagatedObject,
  noUnreachableMinGroups,
  noUnreachedOverride,
  noUnreadClusterLists,
  noUnscopedOverride,
  noUntargetedImageOverride,
  noUntoleratedTaint,
  requireAffinityLabel,
  requireCarriedReferences,
  requireCrdPropagation,
  requireDependentOverride,
  requireMaxGroups,
  requireMulticlusterServicePartner,
  requireReferencedObject,
  requireServiceExportPath,
  validAutoscalerTarget,
  validClusterSelector,
  validCronRule,
  validImportedServiceName,
  validLabelSelector,
  validOverrideResult,
  validPatch,
  validSelectorVersion,
  validTaintPolicy,
];
