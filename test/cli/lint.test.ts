import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultKarmadaVersion, karmadaVersions } from '../../src/karmada/release';
import { joinWords } from '../../src/problem/words';
import { emitYaml } from '../../src/yaml/emit';
import { deployment, policy, service } from '../support/app-texts';
import { folderWith, runIn } from '../support/cli';
import { demo } from '../support/report-plans';

const fleet =
  'clusters:\n  k3d-cluster-1: {region: eu}\n  k3d-cluster-2: {region: eu}\n  k3d-cluster-3: {region: us}\n';
const calls = 'calls: [{ client: Deployment/default/curl, server: Service/default/pipy }]\n';
const refused = policy('web', { selects: ['Deployment/web'], clusters: ['k3d-cluster-1'] }).replace(
  'Duplicated',
  'Dublicated',
);
const files = {
  'dist/all.yaml': emitYaml(demo()),
  'fleet.yaml': fleet,
  'lint.yaml': calls,
  'errors.yaml': refused,
};

const lintIn = (cwd: string, ...args: string[]) => runIn(cwd, ['lint', ...args]);

describe('the demo', () => {
  test('with 2 replicas warns that curl may find no pipy, and with 3 says nothing', async () => {
    const two = folderWith(files);
    expect(await lintIn(two, '--fleet', 'fleet.yaml', '--config', 'lint.yaml')).toEqual({
      exitCode: 0,
      err: '',
      out: `Deployment/default/curl
  warning  calls Service/default/pipy, which may have no pod in k3d-cluster-3: the 2 replicas of Deployment/default/pipy go to k3d-cluster-1 and k3d-cluster-2, or to k3d-cluster-2 and k3d-cluster-3  no-client-without-server
           at   dist/all.yaml:68:1
           why  Karmada does not route requests between clusters: a Service is backed only by the pods of its own cluster
           fix  set spec.replicas of Deployment/default/pipy to at least 3, or run Deployment/default/curl only where Deployment/default/pipy always runs, or expose Service/default/pipy with a MultiClusterService
           also Deployment/default/pipy: Service/default/pipy also goes to k3d-cluster-1 and k3d-cluster-3, which may not get any of the 2 replicas  no-service-without-backends
           also Deployment/default/pipy: its 2 replicas leave k3d-cluster-1 or k3d-cluster-3 without any, depending on the UID of the Deployment: 3 clusters share them in equal parts  no-cluster-without-replicas
           also Deployment/default/pipy: 1 of its 2 replicas goes to k3d-cluster-1 or to k3d-cluster-3, depending on the UID of the Deployment  no-tie-decided-by-uid

more about a rule: cdk8s-karmada explain no-client-without-server
1 warning in 5 objects
`,
    });
    const three = folderWith({
      ...files,
      'dist/all.yaml': files['dist/all.yaml'].replace('replicas: 2', 'replicas: 3'),
    });
    expect(await lintIn(three, '--fleet', 'fleet.yaml', '--config', 'lint.yaml')).toEqual({
      exitCode: 0,
      err: '',
      out: 'no findings in 5 objects\n',
    });
  });

  test('exits with 1 for a warning under --strict', async () => {
    const cwd = folderWith(files);
    expect((await lintIn(cwd, '--fleet', 'fleet.yaml', '--strict')).exitCode).toBe(1);
  });
});

describe('errors', () => {
  test('make the exit code 1', async () => {
    const cwd = folderWith(files);
    const { exitCode, out } = await lintIn(cwd, 'errors.yaml', '--fleet', 'fleet.yaml');
    expect(exitCode).toBe(1);
    expect(out).toContain('valid-schema');
    expect(out).toContain('at   errors.yaml:10:26');
  });

  test('need no fleet, and it is said what was not looked at', async () => {
    const cwd = folderWith(files);
    const { exitCode, err } = await lintIn(cwd, 'errors.yaml');
    expect(exitCode).toBe(1);
    expect(err).toBe('without --fleet FILE nothing that depends on the member clusters is looked at\n');
  });
});

test('a release without quotes in the configuration is taken', async () => {
  const cwd = folderWith({ ...files, 'config.yaml': 'karmada: 1.18\n' });
  expect((await lintIn(cwd, '--config', 'config.yaml')).exitCode).toBe(0);
});

describe('--format', () => {
  test('json prints one object of the documented shape, as --json does', async () => {
    const cwd = folderWith(files);
    const { out } = await lintIn(cwd, 'errors.yaml', '--fleet', 'fleet.yaml', '--json');
    expect(await lintIn(cwd, 'errors.yaml', '--fleet', 'fleet.yaml', '--format', 'json')).toMatchObject({ out });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      command: 'lint',
      findings: [
        {
          rule: 'valid-schema',
          severity: 'error',
          object: {
            apiVersion: 'policy.karmada.io/v1alpha1',
            kind: 'PropagationPolicy',
            namespace: 'default',
            name: 'web',
          },
          location: { file: 'errors.yaml', document: 0, line: 10 },
        },
      ],
      problems: [],
      summary: { error: 1, warning: 0, info: 0, objects: 1 },
    });
  });

  test('github prints a workflow command for each finding and each file that cannot be read', async () => {
    const cwd = folderWith({ 'broken.yaml': 'a: [', ...files });
    const { out } = await lintIn(cwd, 'errors.yaml', 'broken.yaml', '--fleet', 'fleet.yaml', '--format', 'github');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^::error file=broken\.yaml,line=1,col=\d+,title=yaml\.syntax::/);
    expect(lines[1]).toMatch(
      /^::error file=errors\.yaml,line=10,col=\d+,title=valid-schema::PropagationPolicy\/default\/web: .*%0Awhy: .*%0Afix: /,
    );
  });

  test.each([
    [['--format', 'xml'], '--format xml is not understood: use text, json, sarif or github'],
    [['--json', '--format', 'sarif'], '--json and --format sarif exclude each other'],
  ])('fails when it is misused: %j', async (args, message) => {
    const { exitCode, err } = await lintIn(folderWith(files), ...args);
    expect([exitCode, err]).toEqual([
      2,
      `error: ${message}\nusage: cdk8s-karmada lint [PATH...] [--fleet FILE], or lint --help\n`,
    ]);
  });
});

describe('the configuration file', () => {
  test('sets severities, names the fleet beside it, and may be JSON', async () => {
    const config = { fleet: '../fleet.yaml', rules: { 'no-service-without-backends': 'error' } };
    const cwd = folderWith({ ...files, 'config/lint.json': JSON.stringify(config) });
    const { exitCode, out } = await lintIn(cwd, '--config', 'config/lint.json', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out).summary).toMatchObject({ error: 1, warning: 0 });
  });

  test('switches a rule off by the bare word, which YAML takes for false', async () => {
    const cwd = folderWith({ ...files, 'lint.yaml': 'rules: { no-service-without-backends: off }' });
    const { out } = await lintIn(cwd, '--fleet', 'fleet.yaml', '--config', 'lint.yaml');
    expect(out).toContain('warning  its 2 replicas leave');
    expect(out).not.toContain('no-service-without-backends');
  });

  test('beside the manifests is no manifest', async () => {
    const cwd = folderWith({
      'dist/all.yaml': files['dist/all.yaml'],
      'dist/fleet.yaml': fleet,
      'dist/lint.yaml': calls,
    });
    const { exitCode, err } = await lintIn(cwd, '--fleet', 'dist/fleet.yaml', '--config', 'dist/lint.yaml');
    expect([exitCode, err]).toEqual([0, '']);
  });

  test.each([
    [
      'rules: { no-tie-decided-by-uids: off }',
      'error: lint.yaml: unknown rule "no-tie-decided-by-uids"\n  fix: write "no-tie-decided-by-uid"\n',
    ],
    [
      'rules: { no-tie-decided-by-uid: silent }',
      'error: lint.yaml: rule "no-tie-decided-by-uid" is set to "silent"\n  fix: use one of error, warning, info, off\n',
    ],
    [
      'rule: {}',
      'error: lint.yaml: the lint configuration has no property "rule"\n  fix: write "rules" in place of "rule"\n',
    ],
    [
      'calls: [{ client: a }]',
      'error: lint.yaml: server of calls[0] must be text, got undefined\n  fix: give a key such as Deployment/default/curl\n',
    ],
    [
      'featureGates: [Fallover]',
      `error: lint.yaml: Karmada ${defaultKarmadaVersion} has no feature gate "Fallover"\n  fix: write "Failover"\n`,
    ],
    [
      "karmada: '1.16'\nfeatureGates: [WorkloadAffinity]",
      'error: lint.yaml: Karmada 1.16 has no feature gate "WorkloadAffinity"\n  fix: leave it out: it came with Karmada 1.17\n',
    ],
    [
      'karmada: 2.58',
      `error: lint.yaml: karmada must be ${joinWords(karmadaVersions, 'or')}, got "2.58"\n  fix: use one of ${joinWords(karmadaVersions)}\n`,
    ],
    [
      '- a',
      'error: lint.yaml: the lint configuration must be an object, got ["a"]\n  fix: give an object with $schema, rules, calls, featureGates, karmada or fleet\n',
    ],
    ['a: [', 'error: lint.yaml:1:4 the bracket [ is never closed\n  fix: close it\n'],
  ])('fails when it says %j', async (text, message) => {
    const cwd = folderWith({ ...files, 'lint.yaml': text });
    const { exitCode, err, out } = await lintIn(cwd, '--fleet', 'fleet.yaml', '--config', 'lint.yaml');
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toBe(message);
  });
});

describe('bad input is told once, and the other files are linted', () => {
  const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['no YAML', 'a: [', 'error    bad.yaml:'],
    ['no object', '- 1\n- 2\n', 'error    bad.yaml:1:3  contains a list, not an object'],
    ['empty', '', 'warning  bad.yaml  the file has no objects'],
    ['binary', new Uint8Array([0, 1, 2, 255]), 'error    bad.yaml  not a text file'],
    ['a Helm template', 'kind: {{ .Values.kind }}\n', 'error    bad.yaml:1:7  a Helm template, not a manifest'],
    ['a fleet file', fleet, 'error    bad.yaml:1:1  an object without apiVersion and kind'],
    ['many aliases', aliasBomb(), 'error    bad.yaml:'],
  ];
  test.each(cases)('%s', async (_, content, message) => {
    const cwd = folderWith({ 'all/bad.yaml': content, 'all/web.yaml': files['errors.yaml'], 'fleet.yaml': fleet });
    const { exitCode, err, out } = await runIn(join(cwd, 'all'), ['lint', '.', '--fleet', '../fleet.yaml']);
    expect(err).toContain(message);
    expect(err.match(/^(error|warning)/gm)).toHaveLength(1);
    expect(exitCode).toBe(message.startsWith('warning') ? 1 : 2);
    expect(out).toContain('valid-schema');
  });

  test('a link that leads back to its folder', async () => {
    const cwd = folderWith({ 'all/web.yaml': files['errors.yaml'], 'fleet.yaml': fleet });
    symlinkSync('.', join(cwd, 'all/loop'));
    const { exitCode, err, out } = await lintIn(cwd, 'all', '--fleet', 'fleet.yaml');
    expect([exitCode, err.split('\n')[0]]).toEqual([2, 'error    all/loop  the link points back to all']);
    expect(out).toContain('valid-schema');
  });

  test('a fleet file with errors', async () => {
    const cwd = folderWith({ ...files, 'fleet.yaml': 'clusters: { a: { regoin: eu } }' });
    const { exitCode, err } = await lintIn(cwd, '--fleet', 'fleet.yaml');
    expect([exitCode, err]).toEqual([
      2,
      'error: fleet.yaml: line 1: cluster "a" has no property "regoin"\n  fix: write "region" in place of "regoin"\n',
    ]);
  });

  test('objects with fields of any shape', async () => {
    const odd = [
      { spec: [] },
      { spec: 'text' },
      { spec: { template: 1, selector: [], resourceSelectors: {}, placement: 'x' } },
    ];
    const kinds = ['apps/v1 Deployment', 'v1 Service', 'policy.karmada.io/v1alpha1 PropagationPolicy'];
    const objects = kinds.flatMap((each) =>
      odd.map((fields, index) => {
        const [apiVersion = '', kind = ''] = each.split(' ');
        return { apiVersion, kind, metadata: { name: `odd-${index}`, namespace: 'default' }, ...fields };
      }),
    );
    const cwd = folderWith({ 'odd.yaml': emitYaml(objects), 'fleet.yaml': fleet });
    const { exitCode, err } = await lintIn(cwd, 'odd.yaml', '--fleet', 'fleet.yaml');
    expect([exitCode, err]).toEqual([1, '']);
  });
});

/** Ten levels, each with ten references to the one before. */
function aliasBomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`,
  );
  return ['l0: &l0 [1]', ...levels].join('\n');
}

test('objects that name no namespace are in that of --namespace', async () => {
  const text = (deployment('web') + policy('web', { selects: ['Deployment/web'], clusters: ['k3d-cluster-1'] }))
    .replace(', namespace: default', '')
    .replace('namespace: default', 'namespace: shop');
  const cwd = folderWith({ ...files, 'web.yaml': text });
  const inDefault = await lintIn(cwd, 'web.yaml', '--fleet', 'fleet.yaml');
  const inShop = await lintIn(cwd, 'web.yaml', '--fleet', 'fleet.yaml', '--namespace', 'shop');
  expect(inDefault.out).toContain('no-unpropagated-object');
  expect(inShop.out).toBe('no findings in 2 objects\n');
});

test('standard input is linted like a file', async () => {
  const cwd = folderWith(files);
  const text =
    deployment('web') +
    service('web') +
    policy('web', { selects: ['Deployment/web', 'Service/web'], clusters: ['k3d-cluster-1'] });
  expect(await runIn(cwd, ['lint', '-', '--fleet', 'fleet.yaml'], { stdin: text })).toEqual({
    exitCode: 0,
    err: '',
    out: 'no findings in 3 objects\n',
  });
});

describe('a file that cannot be read', () => {
  // Shape of a public example: kubectl takes a Deployment with a key that is there twice.
  const broken = deployment('web').replace('spec:', 'spec:\n  paused: false\n  paused: true');
  const rest =
    service('web') + policy('web', { selects: ['Deployment/web', 'Service/web'], clusters: ['k3d-cluster-1'] });

  test('is the only thing that is said of the objects in it', async () => {
    const cwd = folderWith({ 'all/web.yaml': broken, 'all/rest.yaml': rest, 'fleet.yaml': fleet });
    const { exitCode, out, err } = await lintIn(cwd, 'all', '--fleet', 'fleet.yaml');
    expect([exitCode, out]).toEqual([
      2,
      'nothing found in 2 objects, but 1 problem in reading: the result is incomplete\n2 findings left out, because the missing object may be in what could not be read\n',
    ]);
    const json = JSON.parse((await lintIn(cwd, 'all', '--fleet', 'fleet.yaml', '--json')).out);
    expect(json.summary).toEqual({ error: 0, warning: 0, info: 0, objects: 2, leftOut: 2 });
    expect(err).toContain('all/web.yaml');
  });

  test('hides only what its text may be', async () => {
    const lintBeside = async (text: string) => {
      const cwd = folderWith({ 'all/broken.yaml': text, 'all/rest.yaml': rest, 'fleet.yaml': fleet });
      return (await lintIn(cwd, 'all', '--fleet', 'fleet.yaml')).out;
    };
    const hidden = /2 findings left out/;
    const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: urls\n';
    expect(await lintBeside(`${configMap}data: [`)).toContain('no-dead-selector');
    expect(await lintBeside(broken.replace('name: web,', 'name: api,'))).toContain('no-dead-selector');
    expect(await lintBeside('just a note\n')).toContain('no-dead-selector');
    expect(await lintBeside('replicas: 3\nimage: web\n')).toContain('no-dead-selector');
    expect(await lintBeside('{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {')).toMatch(hidden);
    expect(await lintBeside(`${configMap}data: [\n---\nkid: Deployment\napiVersion: [`)).toMatch(hidden);
    expect(await lintBeside('kind: Deployment\nmetadata: { name: {{ .Values.name }} }\n')).toMatch(hidden);
    expect(await lintBeside('\0')).toMatch(hidden);
  });

  test('hides nothing where no program but kustomize reads it', async () => {
    const kustomization = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
    const cwd = folderWith({ 'all/kustomization.yaml': kustomization, 'all/rest.yaml': rest, 'fleet.yaml': fleet });
    const { exitCode, out } = await lintIn(cwd, 'all', '--fleet', 'fleet.yaml');
    expect(exitCode).toBe(2);
    expect(out).toContain('no-dead-selector');
  });
});
