// Runs the live suite against a real Karmada. A separate script, because vitest rejects unknown options.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const needs = `The live suite needs a Karmada control plane that it may write to, and its members:

  KARMADA_KUBECONFIG       kubeconfig of the Karmada API server
  KARMADA_CONTEXT          its context (default: the current one of that file)
  MEMBERS_KUBECONFIG_DIR   folder with one file CLUSTER.kubeconfig for each member
  LIVE_NODES=kwok          optional: nodes may be added to the members, played by kwok
  LIVE_MEMBER_COMMAND      optional: program that runs as FILE stop CLUSTER and FILE start CLUSTER

  npm run test:live                 members with nodes: pods become ready
  npm run test:live -- --no-health  members without nodes: applied is enough

It uses a separate namespace and removes it at the end.`;

const fail = (message) => {
  console.error(`${message}\n\n${needs}`);
  process.exit(2);
};
const { KARMADA_KUBECONFIG, MEMBERS_KUBECONFIG_DIR } = process.env;
const options = process.argv.slice(2);
const unknown = options.find((option) => option !== '--no-health');
if (unknown) fail(`unknown option ${unknown}`);
if (!KARMADA_KUBECONFIG) fail('KARMADA_KUBECONFIG is not set');
if (!MEMBERS_KUBECONFIG_DIR) fail('MEMBERS_KUBECONFIG_DIR is not set');
for (const path of [KARMADA_KUBECONFIG, MEMBERS_KUBECONFIG_DIR]) if (!existsSync(path)) fail(`${path} does not exist`);

const env = {
  ...process.env,
  KARMADA_KUBECONFIG: resolve(KARMADA_KUBECONFIG),
  MEMBERS_KUBECONFIG_DIR: resolve(MEMBERS_KUBECONFIG_DIR),
  LIVE_HEALTH: options.includes('--no-health') ? 'no' : 'yes',
};
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const cwd = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.live.config.mts'], {
  cwd,
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
