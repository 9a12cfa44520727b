import { AssertionError } from 'node:assert';
import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, Fleet, Lint, Placement } from '../../src';
import { expectFinding, expectNoFindings } from '../../src/testing';
import { refusal } from '../support/refusal';

const fleet = Fleet.of({ member1: {}, member2: {} });

/** A Deployment `web` sent to clusters; `member9` is not in the fleet. */
function web(...clusters: string[]) {
  const federation = new Federation({ fleet });
  const chart = new Chart(federation, 'web', { namespace: 'default' });
  const placement = Placement.duplicated(...clusters);
  const app = new FederatedApp(chart, 'web', { placement, image: 'nginx', replicas: 1 });
  return { federation, app };
}

function failureOf(statement: () => void): AssertionError {
  try {
    statement();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error('the statement holds');
}

const unknownCluster = { rule: 'no-unknown-cluster', object: 'PropagationPolicy/default/web-propagation' };

describe('expectNoFindings', () => {
  test('holds for an application without findings', () => {
    expectNoFindings(web('member1').federation);
  });

  test('fails with the report of the linter', () => {
    const failure = failureOf(() => expectNoFindings(web('member1', 'member9').federation));
    expect(failure.message).toMatch(/^expected no findings of severity error or warning\n\n/);
    expect(failure.message).toContain('no-unknown-cluster');
    expect(failure.message).toMatch(/\n {11}fix {2}/);
    expect(failure.expected).toEqual([]);
    expect(failure.actual).toContainEqual(expect.objectContaining(unknownCluster));
  });

  test('looks at errors alone where warnings are allowed', () => {
    const options = { rules: { 'no-unknown-cluster': 'warning' } } as const;
    const { federation } = web('member1', 'member9');
    expect(failureOf(() => expectNoFindings(federation, options)).message).toContain('no-unknown-cluster');
    expectNoFindings(federation, { ...options, atLeast: 'error' });
  });

  test('leaves out what the application silences with a reason', () => {
    const { federation, app } = web('member1', 'member9');
    Lint.ignore(app, 'no-unknown-cluster', 'member9 joins tomorrow');
    expect(failureOf(() => expectNoFindings(web('member1', 'member9').federation)).actual).toContainEqual(
      expect.objectContaining(unknownCluster),
    );
    expectNoFindings(federation, { atLeast: 'error' });
  });

  test('reads manifests from a folder', () => {
    const lab = Fleet.of({ 'k3d-cluster-1': {}, 'k3d-cluster-2': {}, 'k3d-cluster-3': {} });
    expectNoFindings('dist', { fleet: lab, atLeast: 'error' });
    expect(refusal(() => expectNoFindings('no-such-folder')).code).toBe('testing.unreadable');
  });
});

describe('expectFinding', () => {
  test('holds for the rule, and for the object by short and by whole name', () => {
    const { federation } = web('member1', 'member9');
    expectFinding(federation, { rule: 'no-unknown-cluster' });
    expectFinding(federation, unknownCluster);
    expectFinding(federation, { ...unknownCluster, object: 'PropagationPolicy/web-propagation', severity: 'error' });
  });

  test('fails when the rule is silent, or speaks of something else', () => {
    expect(failureOf(() => expectFinding(web('member1').federation, unknownCluster)).message).toMatch(
      /^expected a finding of no-unknown-cluster on PropagationPolicy\/default\/web-propagation, found /,
    );
    const failure = failureOf(() =>
      expectFinding(web('member1', 'member9').federation, { ...unknownCluster, object: 'PropagationPolicy/other' }),
    );
    expect(failure.message).toContain('found only\n  no-unknown-cluster  PropagationPolicy/default/web-propagation');
  });

  test('fails when there is no such rule', () => {
    expect(refusal(() => expectFinding([], { rule: 'no-unknwon-cluster' }))).toEqual({
      code: 'testing.rule',
      message: 'unknown rule "no-unknwon-cluster"\n  fix: write "no-unknown-cluster"',
    });
  });
});
