/**
 * What is wrong with a label or annotation key, or with any other of Kubernetes' qualified names.
 *
 * @returns nothing when it is valid, else the rule it breaks, such as `is longer than 63 characters`
 * @see Kubernetes apimachinery pkg/util/validation, IsQualifiedName
 */
export function qualifiedNameProblem(key: string): string | undefined {
  const slash = key.indexOf('/');
  const name = slash < 0 ? key : key.slice(slash + 1);
  if (slash >= 0) {
    const prefix = key.slice(0, slash);
    if (prefix.length === 0) return 'has an empty prefix before the "/"';
    if (prefix.length > 253) return 'has a prefix longer than 253 characters';
    if (!dnsSubdomain.test(prefix)) return `has the prefix "${prefix}", which is no DNS name in lower case`;
  }
  if (name.length === 0) return slash < 0 ? 'is empty' : 'has nothing after the "/"';
  if (name.length > 63) return 'is longer than 63 characters';
  if (!labelWord.test(name)) {
    return 'may hold only letters, digits, "-", "_" and ".", and must begin and end with a letter or digit';
  }
  return undefined;
}

/**
 * What is wrong with a label value.
 *
 * @returns nothing when it is valid (the empty string is), else the rule it breaks
 * @see Kubernetes apimachinery pkg/util/validation, IsValidLabelValue
 */
export function labelValueProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string; quote it';
  if (value.length > 63) return 'is longer than 63 characters';
  if (value !== '' && !labelWord.test(value)) {
    return 'may hold only letters, digits, "-", "_" and ".", and must begin and end with a letter or digit';
  }
  return undefined;
}

const labelWord = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
