import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith, runIn } from '../support/cli';

const fleet = 'clusters: { member1: {}, member2: {}, member3: {} }\n';

/** A Service that a policy sends to member1, and a MultiClusterService from member2 to member3. */
const manifests = emitYaml([
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { ports: [{ port: 80 }] },
  },
  {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', name: 'web' }],
      placement: { clusterAffinity: { clusterNames: ['member1'] } },
    },
  },
  {
    apiVersion: 'networking.karmada.io/v1alpha1',
    kind: 'MultiClusterService',
    metadata: { name: 'web', namespace: 'default' },
    spec: { types: ['CrossCluster'], providerClusters: [{ name: 'member2' }], consumerClusters: [{ name: 'member3' }] },
  },
]);

const cwd = folderWith({
  'all.yaml': manifests,
  'fleet.yaml': fleet,
  'empty.yaml': '{ apiVersion: v1, kind: List, items: [] }\n',
});

async function clustersOfService(...args: string[]): Promise<unknown> {
  const { out } = await runIn(cwd, ['plan', 'all.yaml', '--fleet', 'fleet.yaml', '--json', ...args]);
  const { templates } = JSON.parse(out) as { templates: { template: string; outcome: { replicas: object } }[] };
  return Object.keys(templates.find(({ template }) => template === 'Service/default/web')!.outcome.replicas);
}

describe('--feature-gates', () => {
  test('changes what is planned, alone or among others, in any of the forms that Karmada takes', async () => {
    expect(await clustersOfService()).toEqual(['member1']);
    const taken = ['member2', 'member3'];
    expect(await clustersOfService('--feature-gates', 'MultiClusterService')).toEqual(taken);
    expect(await clustersOfService('--feature-gates', 'Failover=true,MultiClusterService=true')).toEqual(taken);
    expect(await clustersOfService('--feature-gates', 'Failover', '--feature-gates', 'MultiClusterService')).toEqual(
      taken,
    );
    expect(await clustersOfService('--feature-gates', 'MultiClusterService=false')).toEqual(['member1']);
  });

  test('is taken by render and by diff', async () => {
    const gates = ['--fleet', 'fleet.yaml', '--feature-gates', 'MultiClusterService'];
    expect((await runIn(cwd, ['render', 'all.yaml', '--out', 'out', ...gates])).out).toContain(
      '2 files for 2 clusters',
    );
    expect(readFileSync(join(cwd, 'out/.cdk8s-karmada'), 'utf8')).toContain('member3');
    expect((await runIn(cwd, ['diff', 'empty.yaml', 'all.yaml', ...gates])).out).toContain('member3');
  });

  test('fails when the release has no such gate, naming the one that is meant', async () => {
    const args = ['plan', 'all.yaml', '--fleet', 'fleet.yaml', '--feature-gates', 'MultiClusterServices'];
    const { exitCode, err } = await runIn(cwd, args);
    expect(exitCode).toBe(2);
    expect(err).toContain(`Karmada ${defaultKarmadaVersion} has no feature gate "MultiClusterServices"`);
    expect(err).toContain('write "MultiClusterService"');
  });

  test('fails when a gate is set to anything but true and false', async () => {
    const args = ['plan', 'all.yaml', '--fleet', 'fleet.yaml', '--feature-gates', 'Failover=maybe'];
    expect(await runIn(cwd, args)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('sets Failover to "maybe"'),
    });
  });
});
