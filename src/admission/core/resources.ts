import { parseAmount } from '../../kubernetes/quantity';
import { containerResourceProblems, isWholeResource } from '../../kubernetes/resource-names';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import type { Amounts, Resources } from './pod-types';

/** Amount in billionths; undefined for what is not a quantity. */
export function nanosOf(value: unknown): bigint | undefined {
  return value === undefined ? undefined : parseAmount(value)?.nanos;
}

/** An amount that must not be negative, or must be positive. */
export function checkAmount(value: unknown, path: string, faults: Faults, least: 0 | 1 = 0): void {
  const nanos = nanosOf(value);
  if (nanos === undefined) return;
  if (least === 0 ? nanos < 0n : nanos <= 0n) {
    faults.add(
      'out-of-range',
      path,
      `must be ${least === 0 ? 'at least 0' : 'greater than 0'}, got ${quoted(value)}`,
      least === 0 ? 'write 0 or more' : 'write more than 0',
    );
  }
}

/** A number or percentage of which 100% is all. */
export function checkAtMostAll(value: number | string | undefined, path: string, faults: Faults): void {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent !== undefined && Number(percent) > 100) {
    faults.invalid(path, `must be at most 100%, got ${quoted(value)}`, 'write 100% or less');
  }
}

/** A resource that is counted in whole units. */
export function checkWhole(value: unknown, path: string, faults: Faults): void {
  const nanos = nanosOf(value);
  if (nanos !== undefined && nanos % 1_000_000_000n !== 0n) {
    faults.invalid(path, `must be a whole number, got ${quoted(value)}`, 'round it');
  }
}

/**
 * Requests and limits of a container or pod.
 *
 * @see Kubernetes pkg/apis/core/validation/validation.go, ValidateContainerResourceRequirements
 */
export function checkResources(
  { limits, requests, claims }: Resources,
  path: string,
  podClaims: readonly (string | undefined)[],
  faults: Faults,
): void {
  if (limits) checkAmounts(limits, `${path}.limits`, faults);
  if (requests) checkAmounts(requests, `${path}.requests`, faults);
  for (const [name, request] of Object.entries(requests ?? {})) {
    const limit = limits && Object.hasOwn(limits, name) ? limits[name] : undefined;
    const [least, most] = [nanosOf(request), nanosOf(limit)];
    const isExact = name.includes('/') ? !name.includes('kubernetes.io/') : name.startsWith('hugepages-');
    if (limit === undefined && isExact) {
      faults.missing(
        `${path}.limits[${name}]`,
        `a request of ${name} needs the same limit`,
        `set the limit of ${name}`,
        `${path}.limits`,
      );
    }
    if (least === undefined || most === undefined) continue;
    if (isExact && least !== most) {
      faults.invalid(
        `${path}.requests[${name}]`,
        `must equal the limit of ${name}`,
        'write the same amount',
        `${path}.requests`,
      );
    } else if (least > most) {
      faults.invalid(
        `${path}.requests[${name}]`,
        `the request of ${name}, ${quoted(request)}, is more than its limit ${quoted(limit)}`,
        'lower the request, or raise the limit',
        `${path}.requests`,
      );
    }
  }
  const names = new Set([...Object.keys(limits ?? {}), ...Object.keys(requests ?? {})]);
  const hasHugePages = [...names].some((name) => name.startsWith('hugepages-'));
  if (hasHugePages && !names.has('cpu') && !names.has('memory')) {
    faults.excluded(path, 'huge pages need a request or limit of cpu or memory as well', 'add cpu or memory');
  }
  claims?.forEach(({ name }, index) => {
    if (name && !podClaims.includes(name)) {
      faults.invalid(
        `${path}.claims[${index}].name`,
        `the pod has no resource claim ${quoted(name)}`,
        'add it to resourceClaims',
        `${path}.claims[${index}]`,
      );
    }
  });
  faults.unique(
    `${path}.claims`,
    (claims ?? []).map(({ name, request = '' }) => name && `${name} ${request}`),
  );
}

function checkAmounts(amounts: Amounts, path: string, faults: Faults): void {
  for (const [name, amount] of Object.entries(amounts)) {
    const at = `${path}[${name}]`;
    for (const problem of containerResourceProblems(name)) {
      faults.invalid(
        at,
        `${quoted(name)} ${problem}`,
        'use cpu, memory, ephemeral-storage or a resource such as example.com/gpu',
      );
    }
    checkAmount(amount, at, faults);
    if (name.includes('/') && isWholeResource(name)) checkWhole(amount, at, faults);
  }
}
