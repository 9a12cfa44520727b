import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { objectKey } from '../../src/kubernetes/object';
import { placeOf, type ReadManifests, readManifests, readManifestsFrom } from '../../src/manifests';
import { processorTime } from '../support/processor-time';

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'manifests-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

/** `file#document Kind/name` of each object. */
const found = ({ manifests }: ReadManifests) =>
  manifests.map(({ object, origin }) =>
    origin.type === 'file' ? `${origin.file}#${origin.document} ${objectKey(object)}` : objectKey(object),
  );

/** `severity place: message` of each problem. */
const said = ({ problems }: ReadManifests) =>
  problems.map((problem) => `${problem.severity} ${placeOf(problem)}: ${problem.message}`);

describe('paths', () => {
  test('a folder is read with all below it, in the order of names', () => {
    const cwd = folder({
      'm/b.yaml': configMap('b'),
      'm/a/z.yml': configMap('z'),
      'm/a/y.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"y"}}',
      'm/c.yaml': `${configMap('c1')}---\n${configMap('c2')}`,
      'm/README.md': 'not: [yaml',
      'm/.hidden/h.yaml': configMap('h'),
      'm/.h.yaml': configMap('h'),
      'm/node_modules/x/n.yaml': configMap('n'),
    });
    const read = readManifests(['m'], { cwd });
    expect(read.problems).toEqual([]);
    expect(found(read)).toEqual([
      'm/a/y.json#0 ConfigMap/y',
      'm/a/z.yml#0 ConfigMap/z',
      'm/b.yaml#0 ConfigMap/b',
      'm/c.yaml#0 ConfigMap/c1',
      'm/c.yaml#1 ConfigMap/c2',
    ]);
  });

  test('. names files without a prefix, and a trailing slash does not show', () => {
    const cwd = folder({ 'a.yaml': configMap('a') });
    expect(found(readManifests(['.'], { cwd }))).toEqual(['a.yaml#0 ConfigMap/a']);
    const other = folder({ 'm/a.yaml': configMap('a') });
    expect(found(readManifests(['m/'], { cwd: other }))).toEqual(['m/a.yaml#0 ConfigMap/a']);
  });

  test('patterns, files and standard input come in the order given, each file once', () => {
    const cwd = folder({
      'apps/one/a.yaml': configMap('a'),
      'apps/two/b.yaml': configMap('b'),
      'apps/two/README.md': 'x',
      'other.txt': configMap('other'),
    });
    const read = readManifests(['other.txt', '-', 'apps/**/*.yaml', 'apps/*/*', 'apps/two/b.yaml'], {
      cwd,
      stdin: configMap('in'),
    });
    expect(read.problems).toEqual([]);
    expect(found(read)).toEqual([
      'other.txt#0 ConfigMap/other',
      '-#0 ConfigMap/in',
      'apps/one/a.yaml#0 ConfigMap/a',
      'apps/two/b.yaml#0 ConfigMap/b',
    ]);
  });

  test('links are followed, and one file is read once', () => {
    const cwd = folder({ 'm/a.yaml': configMap('a'), 'elsewhere/b.yaml': configMap('b') });
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'm/link'));
    symlinkSync(join(cwd, 'm/a.yaml'), join(cwd, 'm/again.yaml'));
    expect(found(readManifests(['m'], { cwd }))).toEqual(['m/a.yaml#0 ConfigMap/a', 'm/link/b.yaml#0 ConfigMap/b']);
  });

  test('fails when a link leads back, and reads everything else', () => {
    const cwd = folder({ 'm/a.yaml': configMap('a'), 'm/sub/b.yaml': configMap('b') });
    symlinkSync(join(cwd, 'm'), join(cwd, 'm/sub/loop'));
    symlinkSync('self.yaml', join(cwd, 'm/self.yaml'));
    const read = readManifests(['m'], { cwd });
    expect(found(read)).toEqual(['m/a.yaml#0 ConfigMap/a', 'm/sub/b.yaml#0 ConfigMap/b']);
    expect(said(read)).toEqual([
      'error m/self.yaml: the link points back to itself',
      'error m/sub/loop: the link points back to m',
    ]);
  });

  test('fails when nothing is there', () => {
    const cwd = folder({ 'empty/README.md': '' });
    symlinkSync('nowhere', join(cwd, 'empty/dead.yaml'));
    expect(said(readManifests(['missing.yaml', 'no/*.yaml', 'empty/*.json', 'empty'], { cwd }))).toEqual([
      'error missing.yaml: no such file or folder',
      'error no/*.yaml: no file matches this pattern',
      'error empty/dead.yaml: cannot be read: the target of the link does not exist',
      'error empty/*.json: no file matches this pattern',
      'error empty/dead.yaml: cannot be read: the target of the link does not exist',
      'error empty: the folder has no manifests',
    ]);
  });

  test('fails when a folder holds a pipe, or a link to a device; what else is there is read', () => {
    const cwd = folder({ 'a.yaml': configMap('a') });
    symlinkSync('/dev/zero', join(cwd, 'endless.yaml'));
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    symlinkSync('pipe.yaml', join(cwd, 'to-pipe.yaml'));
    const read = readManifests(['.'], { cwd });
    expect(found(read)).toEqual(['a.yaml#0 ConfigMap/a']);
    expect(said(read)).toEqual(
      ['endless', 'pipe', 'to-pipe'].map((name) => `error ${name}.yaml: a pipe, a socket or a device, not a file`),
    );
  });

  test('fails when a file that is named is larger than the limit, however that shows', () => {
    expect(said(readManifests(['/dev/zero']))).toEqual([
      'error /dev/zero: larger than the limit for a manifest file (256 MB)',
    ]);
  });

  test('fails when a file may not be read (asked only of users whom the system refuses anything)', () => {
    const cwd = folder({ 'a.yaml': configMap('a'), 'b.yaml': configMap('b') });
    chmodSync(join(cwd, 'a.yaml'), 0);
    if (process.getuid?.() === 0) return;
    const read = readManifests(['.'], { cwd });
    expect(found(read)).toEqual(['b.yaml#0 ConfigMap/b']);
    expect(said(read)).toEqual(['error a.yaml: cannot be read: permission denied']);
  });
});

describe('bad files each have one message, and the others are read', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['broken', 'a: [\n', 'error x.yaml:1:4: the bracket [ is never closed'],
    ['text', 'hello world\n', 'error x.yaml:1:1: contains text, not an object'],
    ['a list', '# c\n- a\n- b\n', 'error x.yaml:2:3: contains a list, not an object'],
    ['no kind', 'apiVersion: v1\nmetadata: {}\n', 'error x.yaml:1:1: an object without kind'],
    ['neither', 'spec: {}\n', 'error x.yaml:1:1: an object without apiVersion and kind'],
    ['kind is true', 'apiVersion: v1\nkind: y\n', 'error x.yaml:2:1: kind must be text, got true'],
    [
      'a number as name',
      'apiVersion: v1\nkind: A\nmetadata: {name: 1}\n',
      'error x.yaml:3:12: metadata.name must be text, got 1',
    ],
    [
      'metadata is text',
      'apiVersion: v1\nkind: A\nmetadata: x\n',
      'error x.yaml:3:1: metadata must be a map, got text',
    ],
    [
      'labels are a list',
      'apiVersion: v1\nkind: A\nmetadata: {name: x, labels: [a]}\n',
      'error x.yaml:3:21: metadata.labels must be a map, got a list',
    ],
    ['empty', '', 'warning x.yaml: the file has no objects'],
    ['comments', '# nothing\n---\n', 'warning x.yaml: the file has no objects'],
    ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), 'error x.yaml: not a text file'],
    ['Latin 1', new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]), 'error x.yaml: not a text file'],
    [
      'Helm control',
      '{{- if .Values.on }}\nkind: A\n{{- end }}\n',
      'error x.yaml:1:1: a Helm template, not a manifest',
    ],
    [
      'Helm value',
      'apiVersion: v1\nkind: A\nspec:\n  replicas: {{ .Values.n }}\n',
      'error x.yaml:4:13: a Helm template, not a manifest',
    ],
    [
      'placeholder of a script',
      'apiVersion: v1\nkind: A\nspec: {ca: {{caBundle}}}\n',
      'error x.yaml:3:12: a template, not a manifest',
    ],
    [
      'Helm name',
      'apiVersion: v1\nkind: A\nmetadata: {name: "{{ .Release.Name }}-a"}\n',
      'error x.yaml:3:19: a Helm template, not a manifest',
    ],
  ])('%s', (_, content, message) => {
    const cwd = folder({ 'a.yaml': configMap('a'), 'x.yaml': content, 'z.yaml': configMap('z') });
    const read = readManifests(['.'], { cwd });
    expect(said(read)).toEqual([message]);
    expect(found(read)).toEqual(['a.yaml#0 ConfigMap/a', 'z.yaml#0 ConfigMap/z']);
    for (const { why, fix } of read.problems) expect([why, fix]).not.toContain('');
  });

  test('{{ in strings of a manifest is none of Helm', () => {
    const text = `${configMap('rules')}data:\n  summary: "{{ $labels.pod }} is down"\n`;
    expect(readManifestsFrom(text, 'x.yaml').problems).toEqual([]);
    expect(readManifestsFrom(`${text}data: 1\n`, 'x.yaml').problems).toMatchObject([{ code: 'yaml.duplicate-key' }]);
  });

  test.each([
    [
      'fleet.yaml',
      'clusters: {member1: {}}\n',
      'this looks like a fleet file: pass it with --fleet, and keep it outside the manifests',
    ],
    [
      'Chart.yaml',
      'apiVersion: v2\nname: x\n',
      'render the chart first: helm template NAME CHART | npx cdk8s-karmada lint -',
    ],
    [
      'values-production.yaml',
      'image: {tag: x}\n',
      'render the chart first: helm template NAME CHART | npx cdk8s-karmada lint -',
    ],
    ['values.yaml', 'kind: ConfigMap\n', 'add the missing field, or omit the file if it is not a Kubernetes manifest'],
    [
      'kustomization.yaml',
      'resources: [a.yaml]\n',
      'build it first: kustomize build FOLDER | npx cdk8s-karmada lint -',
    ],
  ])('%s says what to do with it', (name, content, fix) => {
    expect(readManifestsFrom(content, name).problems).toMatchObject([{ fix }]);
  });

  // Files on Karmada's own pages and in public repositories of manifests.
  test.each([
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization', 'a kustomization'],
    ['kustomize.config.k8s.io/v1alpha1', 'Component', 'a kustomization'],
    ['v1', 'Config', 'a kubeconfig file'],
    ['v1', 'EncryptionConfig', 'a configuration of the API server'],
    ['apiserver.config.k8s.io/v1', 'EncryptionConfiguration', 'a configuration of the API server'],
    ['config.karmada.io/v1alpha1', 'KarmadaInitConfig', 'a configuration of karmadactl init'],
    ['kind.x-k8s.io/v1alpha4', 'Cluster', 'a configuration of kind'],
    ['k3d.io/v1alpha5', 'Simple', 'a configuration of k3d'],
    ['kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration', 'a configuration of a Kubernetes component'],
    ['pipecd.dev/v1beta1', 'Piped', 'a configuration of PipeCD'],
    ['install.istio.io/v1alpha1', 'IstioOperator', 'a configuration of istioctl'],
  ])('%s %s is read by programs only', (apiVersion, kind, what) => {
    const { manifests, problems } = readManifestsFrom(`apiVersion: ${apiVersion}\nkind: ${kind}\n`, 'x.yaml');
    expect(manifests).toEqual([]);
    expect(problems).toMatchObject([{ code: 'read.program-file', message: `${what}, not an object` }]);
  });

  test('a kustomization with apiVersion and kind gets the advice of its short form', () => {
    const text = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n';
    const fix = 'build it first: kustomize build FOLDER | npx cdk8s-karmada lint -';
    expect(readManifestsFrom(text, 'kustomization.yaml').problems).toMatchObject([{ fix }]);
  });

  test('a Kustomization of Flux is an object', () => {
    const text = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\n';
    expect(found(readManifestsFrom(text, 'x.yaml'))).toEqual(['x.yaml#0 Kustomization/a']);
  });

  test('nothing at all is an error', () => {
    const cwd = folder({ 'a.yaml': '', 'b.yaml': '# b\n' });
    expect(said(readManifests(['.'], { cwd }))).toEqual([
      'error a.yaml: the file has no objects',
      'error b.yaml: the file has no objects',
    ]);
    expect(said(readManifests(['-']))).toEqual(['error -: the file has no objects']);
  });

  test('UTF-16 with a byte order mark is text, as Windows writes it', () => {
    const cwd = folder({ 'a.yaml': Buffer.from(`\ufeff${configMap('a')}`, 'utf16le') });
    expect(found(readManifests(['a.yaml'], { cwd }))).toEqual(['a.yaml#0 ConfigMap/a']);
  });
});

describe('objects', () => {
  test('a List is unfolded, a typed list gives its items their kind, and each knows its place', () => {
    const { manifests, problems } = readManifestsFrom(
      [
        'apiVersion: v1',
        'kind: List',
        'items:',
        '- apiVersion: v1',
        '  kind: ConfigMap',
        '  metadata: {name: a}',
        '- apiVersion: apps/v1',
        '  kind: DeploymentList',
        '  items:',
        '  - metadata:',
        '      name: b',
        '- 5',
      ].join('\n'),
      'list.yaml',
    );
    expect(manifests.map(({ object }) => object)).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'b' } },
    ]);
    const [, b] = manifests;
    expect(b?.origin.type === 'file' && [b.origin.locate('metadata.name'), b.origin.locate('')]).toEqual([
      { line: 11, column: 7 },
      { line: 10, column: 5 },
    ]);
    expect(problems).toMatchObject([{ line: 12, column: 3, message: 'contains 5, not an object' }]);
  });

  test('the last line of a file is ended, as kubectl does', () => {
    const { manifests } = readManifestsFrom('apiVersion: v1\nkind: A\ndata: |\n  x', 'x.yaml');
    expect(manifests[0]?.object['data']).toBe('x\n');
  });

  test('an empty List holds nothing', () => {
    expect(readManifestsFrom('apiVersion: v1\nkind: List\nitems: []\n', 'x')).toEqual({
      manifests: [],
      problems: [],
      unread: [],
    });
  });

  test('20 MB are read in seconds', () => {
    const one = `${configMap('a')}data:\n  key: "value"\n  other: |\n    text\nlist:\n  - a: 1\n    b: [1, 2]\n---\n`;
    const cwd = folder({ 'big.yaml': one.repeat(20e6 / one.length) });
    const took = processorTime(() => {
      const { manifests, problems } = readManifests(['big.yaml'], { cwd });
      expect([manifests.length > 100_000, problems]).toEqual([true, []]);
    });
    expect(took).toBeLessThan(10_000);
  });
});
