#!/usr/bin/env node
// Stands in for docker, k3d and karmadactl, by the name it is called with: keeps its state in a file, writes down how it was called.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = process.env.STAND_IN_FOLDER;
const name = basename(process.argv[1]);
const args = process.argv.slice(2);
const stateFile = join(folder, 'state.json');
const state = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : { clusters: {}, network: null };
const settings = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
const reads = /^(--version|version|info|network inspect|cluster list|kubeconfig get)/;
const isRead = reads.test(args.join(' '));
if (!isRead) appendFileSync(join(folder, 'calls.log'), `${[name, ...args].join(' ')}\n`);

const fail = (message) => {
  console.error(message);
  process.exit(1);
};
const failure = settings.failOn?.find((text) => [name, ...args].join(' ').includes(text));
if (failure) fail(`stand-in: ${failure} fails`);
const option = (flag) => args[args.indexOf(flag) + 1];
const kubeconfigOf = (cluster, server) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server } }],
    contexts: [{ name: cluster, context: { cluster, user: 'admin' } }],
    users: [{ name: 'admin', user: {} }],
    'current-context': cluster,
  });

const answers = {
  docker: {
    '--version': () => `Docker version ${settings.docker ?? '28.2.2'}, build e6534b4`,
    info: () => (settings.memory ? String(settings.memory) : fail('Cannot connect to the Docker daemon')),
    'network inspect': () => (state.network ? JSON.stringify(state.network.labels) : fail('No such network')),
    'network create': () => {
      const [label, value] = option('--label').split('=');
      state.network = { labels: { [label]: value } };
    },
    'network rm': () => {
      state.network = null;
    },
  },
  k3d: {
    version: () => `k3d version v${settings.k3d ?? '5.8.3'}\nk3s version v1.31.5-k3s1 (default)`,
    'cluster list': () =>
      JSON.stringify(
        Object.entries(state.clusters).map(([cluster, { labels, running }]) => ({
          name: cluster,
          serversCount: 1,
          serversRunning: running ? 1 : 0,
          nodes: [{ name: `k3d-${cluster}-server-0`, runtimeLabels: labels }],
        })),
      ),
    'cluster create': () => {
      const [label, value] = option('--runtime-label').split('@')[0].split('=');
      state.clusters[args[2]] = { labels: { [label]: value }, running: true };
    },
    'cluster start': () => {
      state.clusters[args[2]].running = true;
    },
    'cluster delete': () => {
      delete state.clusters[args[2]];
      if (args[2] === 'control-plane') state.karmada = false;
    },
    'kubeconfig get': () =>
      kubeconfigOf(`k3d-${args[2]}`, settings.servers[args[2] === 'control-plane' ? 'host' : 'member']),
  },
  karmadactl: {
    version: () => `karmadactl version: version.Info{GitVersion:"v${settings.karmadactl ?? '1.18.2'}", GitCommit:"x"}`,
    init: () => {
      mkdirSync(join(option('--karmada-data'), 'pki'), { recursive: true });
      writeFileSync(
        join(option('--karmada-data'), 'karmada-apiserver.config'),
        kubeconfigOf('karmada-apiserver', settings.servers.karmada),
      );
    },
    deinit: () => undefined,
    join: async () => {
      const path = `/apis/cluster.karmada.io/v1alpha1/clusters/${args[1]}?fieldManager=karmadactl&force=true`;
      const body = {
        apiVersion: 'cluster.karmada.io/v1alpha1',
        kind: 'Cluster',
        metadata: { name: args[1] },
        spec: { syncMode: 'Push' },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      };
      const headers = { 'Content-Type': 'application/apply-patch+yaml' };
      await fetch(settings.servers.karmada + path, { method: 'PATCH', headers, body: JSON.stringify(body) });
    },
  },
};
const answer = answers[name][args.slice(0, 2).join(' ')] ?? answers[name][args[0]];
if (!answer) fail(`stand-in: ${name} ${args.join(' ')} is not known`);
const output = await answer();
if (output !== undefined) console.log(output);
// Reads run beside each other.
if (!isRead) writeFileSync(stateFile, JSON.stringify(state));
