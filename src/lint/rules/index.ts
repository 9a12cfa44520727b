import type { Rule } from '../rule';
import { noClientWithoutServer } from './no-client-without-server';
import { noClusterWithoutReplicas } from './no-cluster-without-replicas';
import { noDuplicateObject } from './no-duplicate-object';
import { noServiceWithoutBackends } from './no-service-without-backends';
import { noTieDecidedByUid } from './no-tie-decided-by-uid';

/** Every rule of the layers federation and advice, in the order of their ids. */
export const rules: readonly Rule[] = [
  noClientWithoutServer,
  noClusterWithoutReplicas,
  noDuplicateObject,
  noServiceWithoutBackends,
  noTieDecidedByUid,
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
];
