/**
 * The text of src/lint/rules/index.ts.
 *
 * @param ids - of all rules with a file of their own, in order
 */
export function ruleRegistry(ids: readonly string[]): string {
  return `// Written by npm run rules: every file of this folder is a rule.

import type { Rule } from '../engine/rule';
${ids.map((id) => `import { ${exportOf(id)} } from './${id}';`).join('\n')}

/** Every rule of the layers federation and advice, sorted by id. */
export const rules: readonly Rule[] = [
${ids.map((id) => `  ${exportOf(id)},`).join('\n')}
];
`;
}

/** The rule `no-dead-weight` is exported as `noDeadWeight`. */
function exportOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
