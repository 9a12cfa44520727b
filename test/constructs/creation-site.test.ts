import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { FederatedApp, Federation, PropagationPolicy } from '../../src/constructs';
import { FindingsError } from '../../src/constructs/synthesis/lint-check';
import { Fleet } from '../../src/model/fleet';
import { Placement } from '../../src/model/placement';

const fleet = Fleet.of({ member1: {}, member2: {}, member3: {} });

function federationWith(rule: string, fill: (chart: Chart) => void): Federation {
  const outdir = mkdtempSync(join(tmpdir(), 'creation-'));
  const federation = new Federation({ fleet, outdir, lint: { [rule]: 'error' } });
  fill(new Chart(federation, 'chart', { namespace: 'default' }));
  return federation;
}

function places(federation: Federation): readonly unknown[] {
  try {
    federation.synth();
  } catch (error) {
    if (error instanceof FindingsError) return error.findings.map(({ location }) => location);
    throw error;
  }
  return [];
}

/** The line of this file that calls it. */
function lineHere(): string {
  const [, line] = /creation-site\.test\.ts:(\d+):\d+\)?\n/.exec(`${new Error().stack?.split('\n')[2]}\n`) ?? [];
  return line ?? 'unknown';
}

test('a finding about what a FederatedApp makes names the line that made the app', () => {
  let line = '';
  const federation = federationWith('no-cluster-without-replicas', (chart) => {
    line = lineHere();
    new FederatedApp(chart, 'web', {
      placement: fleet.weighted({ member1: 1, member2: 1, member3: 1 }),
      image: 'web',
      replicas: 2,
    });
  });
  expect(places(federation)).toEqual([
    {
      construct: 'chart/web/Deployment',
      source: expect.stringMatching(`^test/constructs/creation-site\\.test\\.ts:${Number(line) + 1}:\\d+$`),
    },
  ]);
});

test('a finding about an L2 construct names the line that made it', () => {
  const federation = federationWith('no-duplicate-object', (chart) => {
    const metadata = { name: 'web' };
    const web = new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
    for (const id of ['one', 'two']) {
      new PropagationPolicy(chart, id, {
        metadata,
        resources: [web],
        placement: id === 'one' ? Placement.duplicated('member1') : Placement.duplicated('member2'),
      });
    }
  });
  expect(places(federation)).toContainEqual({
    construct: 'chart/one/Resource',
    source: expect.stringMatching(/^test\/constructs\/creation-site\.test\.ts:\d+:\d+$/),
  });
});

test('a finding about an object that no construct of ours made names its construct alone', () => {
  const federation = federationWith('no-duplicate-object', (chart) => {
    for (const id of ['one', 'two']) {
      new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { id } });
    }
  });
  expect(places(federation)).toContainEqual({ construct: 'chart/one' });
});
