const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Longest name part of a label key, and longest label value; characters. */
const longestName = 63;
/** Longest prefix of a label key; characters. */
const longestPrefix = 253;

/**
 * Whether a string may be a label key: a name, or a DNS prefix and a name.
 *
 * @see Kubernetes apimachinery pkg/util/validation, IsQualifiedName
 */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return isName(key);
  const prefix = key.slice(0, slash);
  return prefix.length <= longestPrefix && dnsSubdomain.test(prefix) && isName(key.slice(slash + 1));
}

/**
 * Whether a string may be a label value; the empty string may.
 *
 * @see Kubernetes apimachinery pkg/util/validation, IsValidLabelValue
 */
export function isLabelValue(value: string): boolean {
  return value.length <= longestName && labelValue.test(value);
}

function isName(name: string): boolean {
  return name.length <= longestName && qualifiedName.test(name);
}
