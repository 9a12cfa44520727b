import type { Rule } from '../rule';

/** Every rule of the layers federation and advice, in the order of their ids. */
export const rules: readonly Rule[] = [];

/**
 * Of several rules that see the same cause the first one here speaks; the others stand in its `related`.
 * A rule that is not here comes after all that are.
 */
export const ranking: readonly string[] = ['no-duplicate-object', 'no-client-without-server'];
