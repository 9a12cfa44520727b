import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
const tsx = pathToFileURL(require.resolve('tsx')).href;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uncaught-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program as cdk8s.yaml does. */
function run(ending: string): { readonly exitCode: number; readonly stderr: string } {
  const program = join(folder, 'main.ts');
  const index = JSON.stringify(resolve('src/index.ts'));
  writeFileSync(
    program,
    `import { Chart } from ${JSON.stringify(require.resolve('cdk8s'))};
import { Clusters, FederatedApp, Federation, Fleet, Placement } from ${index};
const federation = new Federation({ fleet: Fleet.of({ member1: {} }), outdir: ${JSON.stringify(join(folder, 'dist'))} });
const chart = new Chart(federation, 'shop');
new FederatedApp(chart, 'web', { image: 'nginx:1.27', placement: Placement.duplicated(Clusters.in('member9')) });
${ending}
`,
  );
  try {
    execFileSync(process.execPath, ['--import', tsx, program], { stdio: 'pipe', cwd: folder });
    return { exitCode: 0, stderr: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: Buffer };
    return { exitCode: status, stderr: stderr.toString() };
  }
}

describe('the errors of an application', () => {
  test('are printed once, as `lint` prints them, with exit code 1', () => {
    const { exitCode, stderr } = run('federation.synth();');
    expect(exitCode).toBe(1);
    expect(stderr).toMatchInlineSnapshot(`
      "PropagationPolicy/default/web-propagation  (shop/web/Propagation/Resource)
        error    clusterAffinity names cluster "member9", which the fleet does not have  no-unknown-cluster
                 at   main.ts:5:1  spec.placement.clusterAffinity.clusterNames[0]
                 why  Karmada accepts the names of unregistered clusters, but does nothing for them
                 fix  write "member1", or remove it, or add "member9" to the fleet
                 also no cluster of the fleet matches clusterAffinity: clusterNames member9  no-affinity-without-clusters

      more about a rule: cdk8s-karmada explain no-unknown-cluster
      1 error in 2 objects; nothing was written
      "
    `);
  });

  test("are the program's to handle if it handles uncaught errors", () => {
    const { exitCode, stderr } = run(
      "process.on('uncaughtException', (error) => { console.error('mine:', error.name); process.exitCode = 7; });\nfederation.synth();",
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 7, stderr: 'mine: FindingsError\n' });
  });
});
