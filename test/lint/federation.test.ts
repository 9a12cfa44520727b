import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, type FederationProps, Fleet, Lint, Placement } from '../../src';
import { lint } from '../../src/lint';

/** An application that names a cluster outside its fleet. */
function shop(props: FederationProps = {}) {
  const federation = new Federation({ fleet: Fleet.of({ member1: {} }), ...props });
  const chart = new Chart(federation, 'shop', { namespace: 'shop' });
  new FederatedApp(chart, 'web', { placement: Placement.duplicated('member1', 'member9'), image: 'nginx' });
  return { federation, chart };
}

function rulesOf(...[what, options]: Parameters<typeof lint>): string[] {
  return lint(what, options).findings.map(({ rule }) => rule);
}

describe('lint of a Federation', () => {
  test('knows the fleet that it states, in the whole app and in one chart', () => {
    const { federation, chart } = shop();
    expect(rulesOf(federation)).toContain('no-unknown-cluster');
    expect(rulesOf(chart)).toContain('no-unknown-cluster');
  });

  test('knows the severities that it sets, and what it silences', () => {
    expect(rulesOf(shop({ lint: { 'no-unknown-cluster': 'off' } }).federation)).not.toContain('no-unknown-cluster');
    const { federation, chart } = shop();
    Lint.ignore(chart, 'no-unknown-cluster', 'member9 joins tomorrow');
    expect(rulesOf(federation)).not.toContain('no-unknown-cluster');
  });

  test('prefers what the caller says', () => {
    const { federation } = shop();
    const fleet = Fleet.of({ member1: {}, member9: {} });
    expect(rulesOf(federation, { fleet })).not.toContain('no-unknown-cluster');
  });
});
