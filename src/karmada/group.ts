/** Whether an API group belongs to Karmada, such as `policy.karmada.io`. */
export function isKarmadaGroup(group: string): boolean {
  return /(^|\.)karmada\.io$/.test(group);
}
