/** What makes findings about a custom kind that members do not serve one mistake. */
export function definitionCause(kind: string): string {
  return `definition of ${kind}`;
}
