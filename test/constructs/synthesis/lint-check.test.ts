import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FederatedApp } from '../../../src/constructs/federated-app';
import { Federation, type FederationProps } from '../../../src/constructs/federation';
import { Lint } from '../../../src/constructs/lint';
import { FindingsError } from '../../../src/constructs/synthesis/lint-check';
import { defaultKarmadaVersion } from '../../../src/karmada/release';
import { Fleet } from '../../../src/model/fleet';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'lint-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const fleet = Fleet.of({ member1: {}, member2: {}, member3: {} });

/** Two replicas over three clusters, and a client in one that may have no server. */
function clientWithoutServer(props: FederationProps = {}): { federation: Federation; chart: Chart } {
  const federation = new Federation({ fleet, outdir, ...props });
  const chart = new Chart(federation, 'lab', { namespace: 'default' });
  const placement = fleet.weighted({ member1: 10, member2: 10, member3: 10 });
  const pipy = new FederatedApp(chart, 'pipy', { placement, image: 'flomesh/pipy:1.0', replicas: 2, port: 8080 });
  const nearby = fleet.weighted({ member3: 1 });
  new FederatedApp(chart, 'curl', { placement: nearby, image: 'curlimages/curl:8.0', replicas: 1, calls: [pipy] });
  return { federation, chart };
}

function refusedPolicy(chart: Chart): ApiObject {
  const clusterAffinity = { clusterNames: ['member1'] };
  return new ApiObject(chart, 'refused', {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'refused' },
    spec: {
      resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x' }],
      placement: { clusterAffinity, replicaScheduling: { replicaSchedulingType: 'Divide' } },
    },
  } as never);
}

/** The Service of the server, answered in every cluster. */
function exposedService(chart: Chart): ApiObject {
  return new ApiObject(chart, 'exposed', {
    apiVersion: 'networking.karmada.io/v1alpha1',
    kind: 'MultiClusterService',
    metadata: { name: 'pipy' },
    spec: { types: ['CrossCluster'] },
  } as never);
}

describe('a Federation that lints', () => {
  test('fails on what Karmada would refuse, at its construct, before it writes', () => {
    const { federation, chart } = clientWithoutServer();
    refusedPolicy(chart);
    const synth = () => federation.synth();
    expect(synth).toThrow(FindingsError);
    expect(synth).toThrow(/^nothing was written, because the application has errors\n\n/);
    expect(synth).toThrow('PropagationPolicy/default/refused  (lab/refused)\n');
    expect(synth).toThrow(
      /\n {2}fix: correct what is listed above, or silence a rule that does not apply, with a reason$/,
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('hands over its findings', () => {
    const { federation, chart } = clientWithoutServer();
    refusedPolicy(chart);
    try {
      federation.synthYaml();
      expect.unreachable();
    } catch (error) {
      const { findings } = error as FindingsError;
      expect(findings.find(({ severity }) => severity === 'error')).toMatchObject({
        rule: 'valid-schema',
        location: { construct: 'lab/refused' },
        path: 'spec.placement.replicaScheduling.replicaSchedulingType',
      });
    }
  });

  test('writes in spite of warnings, and says them once', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { federation } = clientWithoutServer();
    federation.synth();
    federation.synthYaml();
    expect(error).toHaveBeenCalledTimes(1);
    expect(error.mock.calls[0]?.[0]).toContain('no-client-without-server');
    expect(readdirSync(outdir).sort()).toEqual(['.cdk8s-karmada', 'lab.k8s.yaml']);
  });

  test('takes the severity of a rule from its author', () => {
    const { federation } = clientWithoutServer({ lint: { 'no-client-without-server': 'error' } });
    expect(() => federation.synth()).toThrow('no-client-without-server');
  });

  test('fails on what needs a feature gate that it does not declare, with the flag to set', () => {
    const { federation, chart } = clientWithoutServer();
    exposedService(chart);
    expect(() => federation.synth()).toThrow(
      `MultiClusterService needs the feature gate MultiClusterService, which is disabled by default in Karmada ${defaultKarmadaVersion}`,
    );
    expect(() => federation.synth()).toThrow('--feature-gates=MultiClusterService=true');
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('writes what needs a feature gate that it declares, or that its author settles otherwise', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const declared = clientWithoutServer({ featureGates: ['MultiClusterService'] });
    exposedService(declared.chart);
    declared.federation.synth();
    const settled = clientWithoutServer({ lint: { 'no-undeclared-feature-gate': 'info' } });
    exposedService(settled.chart);
    settled.federation.synth();
    expect(readdirSync(outdir)).toContain('lab.k8s.yaml');
  });

  test('says nothing about a rule that was silenced with a reason', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { federation, chart } = clientWithoutServer();
    for (const rule of [
      'no-client-without-server',
      'no-service-without-backends',
      'no-cluster-without-replicas',
      'no-tie-decided-by-uid',
    ]) {
      Lint.ignore(chart, rule, 'the trap is the demonstration');
    }
    federation.synth();
    expect(error.mock.calls.flat().join()).not.toContain('no-client-without-server');
  });

  test('does not look when told so', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { federation, chart } = clientWithoutServer({ lint: false });
    refusedPolicy(chart);
    federation.synth();
    expect(error).not.toHaveBeenCalled();
  });
});

describe('Lint.ignore', () => {
  test('fails without a reason', () => {
    const { chart } = clientWithoutServer();
    expect(() => Lint.ignore(chart, 'no-duplicate-object', ' ')).toThrow(
      'the rule "no-duplicate-object" is ignored at lab without a reason\n  fix: say why the finding does not matter there',
    );
  });

  test('finds what Karmada refuses of our own constructs as well, unless the rule is off', () => {
    const synthWith = (lint: FederationProps['lint']) => {
      const federation = new Federation({ fleet, outdir, lint: lint ?? true });
      const chart = new Chart(federation, 'shop', { namespace: 'shop' });
      const app = new FederatedApp(chart, 'web', { placement: fleet.duplicated('member1'), image: 'nginx:1.27' });
      ApiObject.of(app.propagationPolicy).addJsonPatch(JsonPatch.add('/spec/conflictResolution', 'Nonsense'));
      federation.synth();
    };
    expect(() => synthWith(true)).toThrow('conflictResolution');
    expect(readdirSync(outdir)).toEqual([]);
    synthWith({ 'valid-schema': 'off' });
    expect(readdirSync(outdir)).toContain('shop.k8s.yaml');
  });
});
