import { Chart } from 'cdk8s';
import { Federation } from 'cdk8s-karmada';
import { expectFinding, expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
import { describe, expect, test } from 'vitest';
import { fleet, TeamService, type TeamServiceProps, tiers } from '.';

function serviceOf(tier: TeamServiceProps['tier'], name: string, chart: Chart, calls: readonly TeamService[] = []) {
  return new TeamService(chart, name, { team: 'any', tier, image: 'registry.example.com/any:1.0', port: 8080, calls });
}

describe.each(Object.keys(tiers) as (keyof typeof tiers)[])('a service of the tier %s', (tier) => {
  const federation = new Federation({ fleet });
  const service = serviceOf(tier, 'any', new Chart(federation, 'chart', { namespace: 'any' }));

  test('keeps what the tier promises', () => {
    expect(service.contracts.length).toBeGreaterThan(0);
    expectPlan(federation).toFulfil(...service.contracts);
  });

  test('says whose it is', () => {
    expectPlan(federation).toDeliver('Deployment/any', 'eu-1', {
      metadata: { labels: { app: 'any', 'example.com/team': 'any', 'example.com/tier': tier } },
    });
  });

  test('passes the linter', () => {
    expectNoFindings(federation);
  });
});

test('a critical service that calls a standard one is found: it may have no server in its cluster', () => {
  const federation = new Federation({ fleet });
  const chart = new Chart(federation, 'chart', { namespace: 'any' });
  const server = serviceOf('standard', 'server', chart);
  serviceOf('critical', 'client', chart, [server]);
  expectFinding(federation, { rule: 'no-client-without-server' });
});
