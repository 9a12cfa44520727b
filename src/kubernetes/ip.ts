/**
 * IP addresses and ranges as the API server reads them: without leading zeros, and without IPv4 in IPv6.
 *
 * @see Kubernetes apimachinery pkg/util/validation/ip.go
 */

/** An address as a number. */
export interface IpAddress {
  readonly family: 'IPv4' | 'IPv6';
  readonly bits: bigint;
}

/** @returns undefined if the text is not an address */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Whether a host is an IP address. Leading zeros and IPv4 in IPv6 are allowed, as in older software. */
export function isIpAddress(host: string): boolean {
  const [, head = '', ipv4] = /^(.*:)?(\d+(?:\.\d+){3})$/.exec(host) ?? [];
  if (ipv4 === undefined) return parseIp(host) !== undefined;
  if (!ipv4.split('.').every((part) => Number(part) <= 255)) return false;
  return head === '' || parseIpv6(`${head}0:0`) !== undefined;
}

/** A range of addresses. */
export interface Cidr {
  readonly address: IpAddress;
  readonly prefix: number;
}

/** @returns undefined if the text is not an address with the length of its prefix */
export function parseCidr(text: string): Cidr | undefined {
  const [host = '', length = '', ...more] = text.split('/');
  const address = parseIp(host);
  if (!address || more.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefix = Number(length);
  return prefix <= widthOf(address) ? { address, prefix } : undefined;
}

/** Whether a text is a range without bits beyond the prefix. */
export function isCidr(text: string): boolean {
  const cidr = parseCidr(text);
  return cidr !== undefined && firstOf(cidr) === cidr.address.bits;
}

/** Whether a range lies in another one and is smaller. */
export function isStrictlyWithin(inner: Cidr, outer: Cidr): boolean {
  return (
    inner.address.family === outer.address.family &&
    inner.prefix > outer.prefix &&
    firstOf({ ...outer, address: inner.address }) === firstOf(outer)
  );
}

/** Whether an address lies in a range. */
export function isInRange(address: IpAddress, range: string): boolean {
  const cidr = parseCidr(range)!;
  return address.family === cidr.address.family && firstOf({ ...cidr, address }) === firstOf(cidr);
}

function firstOf({ address, prefix }: Cidr): bigint {
  const host = BigInt(widthOf(address) - prefix);
  return (address.bits >> host) << host;
}

function widthOf({ family }: IpAddress): number {
  return family === 'IPv4' ? 32 : 128;
}

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split('.');
  const fits = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  if (!fits) return undefined;
  return { family: 'IPv4', bits: parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { family: 'IPv6', bits: groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n) };
}
