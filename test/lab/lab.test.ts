import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliRun, cli } from '../support/cli-run';
import { FakeApiServer } from '../support/fake-api-server';
import { FakeKarmada } from '../support/fake-karmada';
import { KubectlHome } from '../support/kubectl-tests';
import { LabStandIns, type Pretence } from '../support/lab-stand-ins';

const gibibyte = 1024 ** 3;

let home: KubectlHome;
let standIns: LabStandIns;
let data: string;

function pretend(pretence: Pretence): void {
  standIns.pretence = pretence;
}

function calls(): readonly string[] {
  return [...standIns.calls];
}

function lab(...args: string[]): Promise<CliRun> {
  return cli(['lab', ...args, '--host-address', '127.0.0.1', '--port', '16444', '--data', data], {
    cwd: home.folder,
    env: home.env,
    run: standIns.run,
  });
}

describe('lab', () => {
  beforeEach(() => {
    home = new KubectlHome();
    data = join(home.folder, 'data');
    const { server: karmada } = new FakeKarmada({ members: [] });
    const host = new FakeApiServer();
    host.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' } });
    standIns = new LabStandIns({ karmada, host, member: new FakeApiServer() });
    standIns.dataFolder = data;
  });
  afterEach(() => home.remove());

  test('up makes the lab of the demo, each step a command that one could type', async () => {
    const { exitCode, out, err } = await lab('up');
    expect(err).toContain('cluster control-plane\n  k3d cluster create control-plane ');
    expect(exitCode).toBe(0);
    const create = (name: string, port: number, more = '') =>
      `k3d cluster create ${name} --image docker.io/rancher/k3s:v1.33.6-k3s1 --api-port 127.0.0.1:${port} ${more}` +
      '--network multi-clusters --servers-memory 2g --k3s-arg --disable=traefik@server:0 ' +
      '--runtime-label cdk8s-karmada.dev/lab=up@server:0 --kubeconfig-update-default=false ' +
      '--kubeconfig-switch-context=false --wait --timeout 120s';
    const join = (name: string) =>
      `karmadactl join k3d-${name} --kubeconfig ${data}/karmada/karmada-apiserver.config --cluster-kubeconfig ${data}/${name}.kubeconfig`;
    const made = [
      'docker network create --label cdk8s-karmada.dev/lab=up multi-clusters',
      create('control-plane', 16444, '--port 127.0.0.1:32443:32443@server:0 '),
      create('cluster-1', 16445),
      create('cluster-2', 16446),
      create('cluster-3', 16447),
      `karmadactl init --kubeconfig ${data}/control-plane.kubeconfig --karmada-apiserver-advertise-address 127.0.0.1 --port 32443 --karmada-data ${data}/karmada --karmada-pki ${data}/karmada/pki --wait-component-ready-timeout 600`,
      join('cluster-1'),
      join('cluster-2'),
      join('cluster-3'),
    ];
    expect(calls()).toEqual(made);
    expect(out).toMatch(/^the lab is up after 1[34] steps and \d+ s\nkubeconfig of Karmada: /);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    for (const file of ['control-plane.kubeconfig', 'cluster-3.kubeconfig', 'karmada/karmada-apiserver.config']) {
      expect(statSync(`${data}/${file}`).mode & 0o777).toBe(0o600);
    }
  });

  test('up a second time changes nothing and says so; down removes it, and says when there is nothing', async () => {
    await lab('up');
    const made = calls().length;
    const again = await lab('up');
    expect(again.out).toMatch(/^the lab is already up\n/);
    expect(
      again.err
        .trimEnd()
        .split('\n')
        .every((line) => line.endsWith(': already done')),
    ).toBe(true);
    expect(calls()).toHaveLength(made);
    const down = await lab('down');
    expect(down.out).toBe('the lab is removed\n');
    expect(calls().slice(made)).toEqual([
      'k3d cluster delete cluster-1',
      'k3d cluster delete cluster-2',
      'k3d cluster delete cluster-3',
      'k3d cluster delete control-plane',
      'docker network rm multi-clusters',
    ]);
    expect(existsSync(data)).toBe(false);
    expect((await lab('down')).out).toBe('there is no lab\n');
  });

  test('up completes what an earlier one left half made', async () => {
    pretend({ failOn: ['cluster create cluster-2'] });
    const failed = await lab('up');
    expect(failed.exitCode).toBe(3);
    expect(failed.err).toContain('cluster cluster-2: k3d cluster create cluster-2 ');
    expect(failed.err).toContain('failed with exit code 1:\n  stand-in: cluster create cluster-2 fails\n');
    pretend({ failOn: ['karmadactl init'] });
    expect((await lab('up')).exitCode).toBe(3);
    standIns.servers.host.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'karmada-system' } });
    pretend({});
    const before = calls().length;
    expect((await lab('up')).exitCode).toBe(0);
    expect(
      calls()
        .slice(before)
        .map((call) => call.split(' ').slice(0, 3).join(' ')),
    ).toEqual([
      'karmadactl deinit --kubeconfig',
      'karmadactl init --kubeconfig',
      'karmadactl join k3d-cluster-1',
      'karmadactl join k3d-cluster-2',
      'karmadactl join k3d-cluster-3',
    ]);
  });

  test('up starts clusters that were stopped', async () => {
    await lab('up');
    standIns.clusters['cluster-1']!.running = false;
    await lab('up');
    expect(calls().at(-1)).toBe('k3d cluster start cluster-1 --wait --timeout 120s');
  });

  test('a dry run prints the commands and makes nothing', async () => {
    const { out } = await lab(
      'up',
      '--dry-run',
      '--members',
      '2',
      '--memory',
      '1536m',
      '--image',
      'docker.io/rancher/k3s:v1.23.8-k3s2',
    );
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 1 + 3 * 2 + 1 + 2 + 1);
    expect(lines[0]).toBe(`mkdir -p -m 700 ${data}`);
    expect(lines[3]).toBe(`k3d kubeconfig get control-plane > ${data}/control-plane.kubeconfig`);
    expect(lines[4]).toContain('--image docker.io/rancher/k3s:v1.23.8-k3s2 --api-port 127.0.0.1:16445 ');
    expect(calls()).toEqual([]);
    expect(existsSync(data)).toBe(false);
  });

  test('a dry run prints what is left to do', async () => {
    pretend({ failOn: ['karmadactl join k3d-cluster-3'] });
    await lab('up');
    pretend({});
    expect((await lab('up', '--dry-run')).out.split('\n')[0]).toMatch(/^karmadactl join k3d-cluster-3 /);
    await lab('up');
    expect((await lab('up', '--dry-run')).out).toMatch(/^the lab is already up\n/);
    expect((await lab('down', '--dry-run')).out.trimEnd().split('\n').at(-1)).toBe(`rm -r ${data}`);
    expect(existsSync(data)).toBe(true);
  });

  test('down leaves alone what it did not make', async () => {
    standIns.clusters = { theirs: { labels: {}, running: true } };
    standIns.network = { labels: null };
    expect((await lab('down', '--dry-run')).out).toBe('there is no lab\n');
    await lab('down');
    expect(calls()).toEqual([]);
  });

  describe('fails when', () => {
    test('tools are missing or too old, Docker is not running, and tells all of it at once', async () => {
      pretend({ k3d: '4.4.8', karmadactl: '1.9.1', memory: 0 });
      const { exitCode, err } = await lab('up');
      expect(exitCode).toBe(3);
      expect(err).toBe(
        [
          'error: the lab cannot be created on this machine, and nothing was:',
          '  - k3d 4.4 is too old, at least 5.0 is required (older releases have other options): https://k3d.io/stable/#installation, or `brew install k3d`',
          '  - karmadactl 1.9 is too old, at least 1.16 is required (the planner models Karmada from 1.16 on): https://karmada.io/docs/installation/install-cli-tools, or `brew install karmadactl`',
          '  - Docker is not running: start Docker Desktop, or `sudo systemctl start docker`',
          '  fix: correct these problems and run `lab up` again',
          '',
        ].join('\n'),
      );
    });

    test('there is too little memory, a port is taken, or a cluster of that name is not ours', async () => {
      pretend({ memory: 4 * gibibyte });
      standIns.clusters = { 'cluster-2': { labels: {}, running: true } };
      const taken = createServer();
      await new Promise<void>((listening) => taken.listen(16445, '127.0.0.1', listening));
      const { err } = await lab('up');
      taken.close();
      expect(err).toContain(
        '  - Docker has 4.0 GiB of memory and 4 clusters of 2g need 5.6 GiB: give Docker more, or pass --memory or --members\n',
      );
      expect(calls()).toEqual([]);
      pretend({});
      const again = createServer();
      await new Promise<void>((listening) => again.listen(16445, '127.0.0.1', listening));
      const other = await lab('up');
      again.close();
      expect(other.err).toContain(
        '  - a k3d cluster cluster-2 exists that the lab did not create: if it is not needed, delete it with `k3d cluster delete cluster-2`\n' +
          '  - port 16445 of 127.0.0.1 is in use: pass --port, --karmada-port or --host-address\n',
      );
      expect(calls()).toEqual([]);
    });

    test('the folder holds something else', async () => {
      mkdirSync(data);
      writeFileSync(join(data, 'diary.txt'), 'dear diary');
      const { err } = await lab('up');
      expect(err).toContain(`error: the folder ${data} is not empty and was not created by the lab\n`);
      expect(calls()).toEqual([]);
    });

    test('an option makes no sense', async () => {
      expect((await lab('sideways')).err).toContain('error: unknown action "lab sideways": use up or down\n');
      expect((await lab('up', '--members', 'many')).err).toContain(
        'error: --members must be a whole number from 1 to 50, got "many"\n',
      );
      expect((await lab('up', '--memory', 'much')).err).toContain('error: "much" is not a memory size\n');
    });
  });
});
