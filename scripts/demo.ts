// npm run demo: writes the demo to dist/, says what is in it, what to do next, and where Karmada will run it.

import { processIo } from '../src/cli/io';
import { runCli } from '../src/cli/run-cli';
import { objectKey } from '../src/kubernetes/object';
import { readManifests } from '../src/manifests';

/** Synthesizes when it is loaded, and prints what the linter has to say. */
import '../src/apps/main';

async function main(): Promise<number> {
  const io = processIo();
  const { manifests } = readManifests(['dist']);
  io.out('\nwritten to dist/\n');
  for (const { object, origin } of manifests) {
    io.out(`  ${origin.type === 'file' ? origin.file : ''}  ${objectKey(object)}\n`);
  }
  io.out(`
what to do next
  src/apps/pipy.ts                          where the demo is written: change it and run this again
  npm run check                             what Karmada would accept silently
  npm run plan -- --replicas pipy=1..6      what if the replicas change
  npm run lab:up && npm run lab:apply       four clusters on this machine, and the demo on them

the plan
`);
  const planned = await runCli(['plan', 'dist', '--fleet', 'fleet.yaml'], io);
  io.out('\nand with 3 replicas of pipy\n');
  return planned || (await runCli(['plan', 'dist', '--fleet', 'fleet.yaml', '--replicas', 'pipy=3'], io));
}

main().then((code) => {
  process.exitCode = code;
});
