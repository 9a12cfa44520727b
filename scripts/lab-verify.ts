// npm run lab:verify: checks the demo in the lab. With --dry-run it only lists the checks.
import { parseArgs } from 'node:util';
import { writtenText } from '../src/cli/apply-output';
import { controlPlaneKubectl, orInterrupted } from '../src/cli/control-plane-options';
import { processIo } from '../src/cli/io';
import { readManifestPaths } from '../src/cli/plan-inputs';
import { RolloutLog } from '../src/cli/rollout-text';
import { processTerminal } from '../src/cli/terminal';
import { defaultKarmadaVersion } from '../src/karmada/release';
import { defaultLabSettings, karmadaKubeconfig } from '../src/lab';
import { EnvironmentError } from '../src/problem/environment-error';
import { ModelError } from '../src/problem/model-error';
import { Demo } from './lab/verify-demo';

async function main(): Promise<number> {
  const io = processIo();
  const options = { 'dry-run': { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const settings = defaultLabSettings(io.env);
  const { manifests } = await readManifestPaths(positionals, {}, io);
  const kubeconfig = karmadaKubeconfig(settings.dataFolder);
  return orInterrupted(async () => {
    const kubectl = await controlPlaneKubectl({ kubeconfig }, io, processTerminal().interruption());
    const request = { kubectl, settings, manifests, karmada: defaultKarmadaVersion, application: 'demo', timeout: 300 };
    const log = new RolloutLog();
    const demo = new Demo(request, {
      step: (text) => io.err(`${text}\n`),
      confirm: async () => true,
      written: (objects) => io.err(writtenText(objects, io.width)),
      rollout: (rollouts, seconds) =>
        io.err(
          log
            .lines(rollouts, seconds)
            .map((line) => `${line}\n`)
            .join(''),
        ),
    });
    if (values['dry-run']) {
      for (const { title } of demo.steps) io.out(`would check ${title}\n`);
      return 0;
    }
    const passed = await demo.verify(({ title, passed: isRight, detail }) => {
      io.out(`${isRight ? 'ok    ' : 'failed'}  ${title}: ${detail}\n`);
    });
    return passed ? 0 : 1;
  }, io);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    if (!(error instanceof EnvironmentError || error instanceof ModelError)) throw error;
    process.stderr.write(
      `error: ${error.message}\n${error instanceof EnvironmentError ? `  fix: ${error.fix}\n` : ''}`,
    );
    process.exitCode = error instanceof EnvironmentError ? 3 : 2;
  },
);
