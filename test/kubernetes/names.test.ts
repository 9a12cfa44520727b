import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIpAddress } from '../../src/kubernetes/ip';
import {
  clusterNameProblems,
  dns1035LabelProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  domainNameProblems,
  jsonPointerProblems,
  labelKeyProblems,
  labelValueProblems,
  pathSegmentProblems,
  portNameProblems,
  portNumberProblems,
  wildcardSubdomainProblems,
} from '../../src/kubernetes/names';

describe('names', () => {
  test.each([
    {
      check: dnsLabelProblems,
      fine: ['a', '1a', 'a-b', 'a'.repeat(63)],
      refused: ['', 'A', '-a', 'a-', 'a.b', 'a'.repeat(64), 'a\n'],
    },
    {
      check: dnsSubdomainProblems,
      fine: ['a', 'a.b', '1.2', 'a'.repeat(253)],
      refused: ['', 'A.b', 'a..b', 'a.', 'a_b', 'a'.repeat(254)],
    },
    { check: dns1035LabelProblems, fine: ['a', 'a1'], refused: ['1a', 'a.b', ''] },
    { check: wildcardSubdomainProblems, fine: ['*.a', '*.a.b'], refused: ['*', 'a.*', '*a.b', '*.*.a'] },
    {
      check: labelKeyProblems,
      fine: ['a', 'A_b.c', 'a.b/C', 'a'.repeat(63)],
      refused: ['', '/a', 'a/', 'A/b', 'a/b/c', '-a', 'a'.repeat(64)],
    },
    { check: labelValueProblems, fine: ['', 'a', 'A_b.c-d'], refused: ['a b', '-', 'a'.repeat(64), 'ä'] },
    { check: clusterNameProblems, fine: ['member1', 'm'.repeat(48)], refused: ['', 'm'.repeat(49), 'a.b', 'M'] },
    { check: pathSegmentProblems, fine: ['', 'a', '...', 'A b'], refused: ['.', '..', 'a/b', 'a%2f'] },
    {
      check: portNameProblems,
      fine: ['http', 'a1', '1a'],
      refused: ['HTTP', '80', 'a--b', '-a', 'a-', 'a'.repeat(16), ''],
    },
    { check: domainNameProblems, fine: ['a.b', 'a.b.'], refused: ['', 'a', 'A.b', `a.${'b'.repeat(64)}`] },
    { check: jsonPointerProblems, fine: ['', '/', '/a/b', '/~'], refused: ['a', 'a/b'] },
  ])('$check.name', ({ check, fine, refused }) => {
    expect(fine.filter((name) => check(name).length > 0)).toEqual([]);
    expect(refused.filter((name) => check(name).length === 0)).toEqual([]);
  });

  test('ports', () => {
    expect([0, 1, 65535, 65536].map((port) => portNumberProblems(port).length)).toEqual([1, 0, 0, 1]);
  });
});

describe('isIpAddress', () => {
  test('zeros in front of a number count', () => {
    expect(['010.0.0.1', '1.2.3', '300.1.1.1', 'a.b', ''].map(isIpAddress)).toEqual([true, false, false, false, false]);
  });

  test('agrees with Node otherwise', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain(), fc.stringMatching(/^[0-9a-f:.]{0,12}$/));
    fc.assert(
      fc.property(address, (host) => {
        fc.pre(!/(^|\.)0\d/.test(host));
        expect(isIpAddress(host)).toBe(isIP(host) !== 0);
      }),
    );
  });
});
