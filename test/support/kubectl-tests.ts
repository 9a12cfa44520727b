import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the tests that need the kubectl of this machine can run. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** A folder for a test, with settings that isolate kubectl from the user's files. */
export class KubectlHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-test-'));
  readonly env: Readonly<Record<string, string | undefined>>;

  constructor() {
    this.env = { ...process.env, HOME: this.folder, XDG_DATA_HOME: '', KUBECONFIG: '' };
    // kubectl caches discovery by server address, and ports are reused.
    process.env['KUBECACHEDIR'] = join(this.folder, 'cache');
  }

  /** Writes a kubeconfig. @returns its path */
  kubeconfig(name: string, servers: Readonly<Record<string, string>>): string {
    const names = Object.keys(servers);
    const file = join(this.folder, name);
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: names.map((each) => ({ name: each, cluster: { server: servers[each] } })),
      contexts: names.map((each) => ({ name: each, context: { cluster: each, user: 'nobody' } })),
      users: [{ name: 'nobody', user: {} }],
      'current-context': names[0],
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  /** Writes manifests. @returns the path of the folder */
  manifests(name: string, objects: readonly object[]): string {
    const folder = join(this.folder, name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'all.k8s.yaml'), objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    return folder;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
