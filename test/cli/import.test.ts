import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { ProgramCall, ProgramResult, RunProgram } from '../../src/process/run-program';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith, runIn } from '../support/cli';
import { runImported } from '../support/run-imported';

const manifests = `\
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop } # the server
---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: { name: web-propagation, namespace: shop }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: web }]
  placement: { clusterAffinity: { clusterNames: [member1] } }
`;
const secret =
  'apiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { password: hunter2 }\n';

/** A folder for which the tools of this repository are installed. */
function project(files: Readonly<Record<string, string>>): string {
  const cwd = folderWith({
    ...files,
    'node_modules/cdk8s-karmada/package.json': '{}',
    'node_modules/@types/node/package.json': '{}',
    'node_modules/typescript/package.json': '{"bin":{"tsc":"tsc.js"}}',
  });
  for (const name of ['cdk8s', 'constructs']) {
    symlinkSync(join(__dirname, '../../node_modules', name), join(cwd, 'node_modules', name), 'junction');
  }
  return cwd;
}

function filesBelow(folder: string, path = ''): { path: string; text: string }[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const at = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(folder, at);
    return entry.isFile() ? [{ path: at, text: readFileSync(join(folder, at), 'utf8') }] : [];
  });
}

/**
 * Compiles and runs programs in this process.
 *
 * @param compile - the errors of the compiler for a folder; @default - none
 */
function tools(compile: (folder: string) => string = () => ''): RunProgram {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  return async ({ args }: ProgramCall): Promise<ProgramResult> => {
    const result = (stdout: string, stderr = '') => ({ exitCode: stdout + stderr === '' ? 0 : 1, stdout, stderr });
    if (args[0]?.endsWith('tsc.js')) return result(compile(args[2]!));
    const folder = join(args[1]!, '..');
    try {
      const objects = runImported({ files: filesBelow(folder) });
      mkdirSync(join(folder, 'dist'));
      writeFileSync(join(folder, 'dist/all.k8s.yaml'), emitYaml(objects));
      return result('');
    } catch (error) {
      return result('', String(error));
    }
  };
}

describe('import', () => {
  test('writes a program after it was proven', async () => {
    const cwd = project({ 'k8s/web.yaml': manifests, 'k8s/secret.yaml': secret });
    const { exitCode, out } = await runIn(cwd, ['import', 'k8s', '--out', 'src'], { run: tools() });
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: `\
src: 7 files for 3 objects in 2 charts
  FederatedApp            2
  included YAML           1
Proven: the program compiles under strict, and makes exactly these objects, which reach the same clusters.
3 findings in the manifests, 2 of them errors: see IMPORT.md
`,
    });
    expect(readFileSync(join(cwd, 'src/legacy/web.yaml'), 'utf8')).toContain('# the server');
    expect(statSync(join(cwd, 'src/legacy/shared-secrets.yaml')).mode & 0o777).toBe(0o600);
    const report = readFileSync(join(cwd, 'src/IMPORT.md'), 'utf8');
    expect(report).toContain('| Deployment/shop/web | k8s/web.yaml:1 | FederatedApp | apps/web.ts |  |');
    expect(report).not.toContain('hunter2');
  });

  test('takes the next form for what does not compile, and says so', async () => {
    const cwd = project({ 'web.yaml': manifests });
    const failing = tools((folder) => {
      const line = readFileSync(join(folder, 'apps/web.ts'), 'utf8')
        .split('\n')
        .findIndex((text) => text.includes('new FederatedApp'));
      return line < 0 ? '' : `apps/web.ts(${line + 1},5): error TS2345: no\n`;
    });
    const { exitCode, out } = await runIn(cwd, ['import', 'web.yaml', '--out', 'src', '--json'], { run: failing });
    const { proven, objects, summary } = JSON.parse(out) as {
      proven: boolean;
      objects: { form: string; why?: string }[];
      summary: object;
    };
    expect({ exitCode, proven, summary }).toMatchObject({ exitCode: 0, proven: true, summary: { demoted: 1 } });
    expect(objects.map(({ form, why }) => `${form} ${why}`)).toEqual([
      'include undefined',
      'policy TypeScript refuses it (TS2345)',
    ]);
  });

  test('leaves out what no program makes, and imports the rest', async () => {
    const impossible = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: web }\nspec: { constructor: x }\n';
    const nameless =
      'apiVersion: v1\nkind: Secret\nmetadata: { generateName: db- }\nstringData: { password: hunter2 }\n';
    const cwd = project({ 'k8s/a.yaml': impossible, 'k8s/b.yaml': nameless, 'k8s/web.yaml': manifests });
    const { exitCode, out, err } = await runIn(cwd, ['import', 'k8s', '--out', 'src'], { run: tools() });
    expect(exitCode).toBe(2);
    expect(err).toContain('left out: k8s/a.yaml:1:1: no program makes exactly Thing/web: cdk8s cannot write it\n');
    expect(err).toContain(
      'left out: k8s/b.yaml:1:1: no program makes exactly Secret/db-*: the program does not make it\n',
    );
    expect(out).toContain('for 2 objects in 1 chart\n  FederatedApp            2\nProven: ');
    expect(filesBelow(join(cwd, 'src')).filter(({ text }) => text.includes('hunter2'))).toEqual([]);
  });

  test('tolerates the rules that stop the program, in addition to those with errors in the manifests', async () => {
    const gated = `${manifests}  preemption: Always\n`;
    const cwd = project({ 'web.yaml': gated });
    let runs = 0;
    const run: RunProgram = async (call) => {
      const isProgram = call.args[1]?.endsWith('main.js') === true;
      if (isProgram && runs++ === 0) return { exitCode: 1, stdout: '', stderr: 'error  no-idle-override  web\n' };
      return tools()(call);
    };
    const { exitCode } = await runIn(cwd, ['import', 'web.yaml', '--out', 'src'], { run });
    expect({ exitCode, runs }).toEqual({ exitCode: 0, runs: 2 });
    const main = readFileSync(join(cwd, 'src/main.ts'), 'utf8');
    expect(main).toContain("'no-idle-override': 'warning'");
    expect(main).toContain("'no-undeclared-feature-gate': 'warning'");
  });

  test('writes nothing if the program cannot be made right', async () => {
    const cwd = project({ 'web.yaml': manifests });
    const run = tools(() => 'main.ts(1,1): error TS1: no\n');
    const { exitCode, err } = await runIn(cwd, ['import', 'web.yaml', '--out', 'src'], { run });
    expect(exitCode).toBe(2);
    expect(err).toContain('the program is not right, so nothing is written to src\nmain.ts(1): TS1: no');
    expect(existsSync(join(cwd, 'src'))).toBe(false);
  });

  test('says that nothing was proven without TypeScript, and reports what it could not read', async () => {
    const cwd = folderWith({
      'k8s/web.yaml': manifests,
      'k8s/chart.yaml': 'metadata:\n  name: {{ .Values.name }}\n',
      'k8s/kustomization.yaml': 'resources: [web.yaml]\n',
    });
    const { exitCode, out, err } = await runIn(cwd, ['import', 'k8s', '--out', 'src']);
    expect(exitCode).toBe(2);
    expect(out).toContain('Not proven: cdk8s, constructs, cdk8s-karmada, typescript and @types/node are not installed');
    expect(err).toContain('left out: k8s/chart.yaml:2:9: a Helm template, not a manifest');
    expect(err).toContain('left out: k8s/kustomization.yaml:1:1: a kustomization, not an object');
    expect(readFileSync(join(cwd, 'src/IMPORT.md'), 'utf8')).toContain('## Left out');
  });

  test('keeps files that exist without --force', async () => {
    const cwd = folderWith({ 'web.yaml': manifests, 'src/main.ts': 'mine' });
    const refused = await runIn(cwd, ['import', 'web.yaml', '--out', 'src']);
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('src has main.ts already') });
    expect(filesBelow(join(cwd, 'src'))).toEqual([{ path: 'main.ts', text: 'mine' }]);
    expect(await runIn(cwd, ['import', 'web.yaml', '--out', 'src', '--force'])).toMatchObject({ exitCode: 0 });
  });

  test.each(['k8s/src', 'k8s'])('reads the manifests again after an edit, not what it wrote to %s', async (out) => {
    const cwd = project({ 'k8s/web.yaml': manifests, 'k8s/legacy/db.yaml': secret });
    await runIn(cwd, ['import', 'k8s', '--out', out], { run: tools() });
    expect(readFileSync(join(cwd, out, 'legacy/web.yaml'), 'utf8')).toContain('# the server');
    writeFileSync(join(cwd, 'k8s/web.yaml'), manifests.replace('# the server', '\nspec: { replicas: 2 }'));
    const again = await runIn(cwd, ['import', 'k8s', '--out', out, '--force'], { run: tools() });
    expect(again).toMatchObject({ exitCode: 0, out: expect.stringContaining('for 3 objects in 2 charts') });
    expect(readFileSync(join(cwd, out, 'legacy/web.yaml'), 'utf8')).toContain('replicas: 2');
  });

  test('imports what a control plane propagates', async () => {
    const cwd = folderWith({ kubeconfig: '' });
    const metadata = (name: string) => ({ name, namespace: 'shop', uid: name, resourceVersion: '1' });
    const list = (...items: readonly object[]) => ({
      exitCode: 0,
      stdout: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      stderr: '',
    });
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('web'), status: {} };
    const run: RunProgram = async ({ args }) => {
      if (args[0] === 'config') return { exitCode: 0, stdout: 'karmada\n', stderr: '' };
      const kinds = args[args.indexOf('get') + 1]!;
      if (kinds === '-f') return list(deployment);
      if (!kinds.startsWith('clusters.')) return list();
      return list(
        {
          apiVersion: 'cluster.karmada.io/v1alpha1',
          kind: 'Cluster',
          metadata: { name: 'member1' },
          spec: { region: 'eu' },
        },
        {
          apiVersion: 'policy.karmada.io/v1alpha1',
          kind: 'PropagationPolicy',
          metadata: metadata('web-propagation'),
          spec: {
            priority: 0,
            resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }],
            placement: { clusterAffinity: { clusterNames: ['member1'] } },
          },
        },
        {
          apiVersion: 'work.karmada.io/v1alpha2',
          kind: 'ResourceBinding',
          metadata: metadata('web-deployment'),
          spec: { resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' } },
        },
      );
    };
    const { exitCode, out } = await runIn(cwd, ['import', '--kubeconfig', 'kubeconfig', '--out', 'src'], { run });
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('  FederatedApp            2\n'),
    });
    expect(readFileSync(join(cwd, 'src/fleet.ts'), 'utf8')).toContain("member1: { region: 'eu'");
    expect(readFileSync(join(cwd, 'src/legacy/web.yaml'), 'utf8')).toBe(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n',
    );
  });
});
