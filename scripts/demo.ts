// npm run demo: writes the demo to dist/, then prints where Karmada will run it, what the linter warns of, and what to do next.

import { type CliIo, processIo } from '../src/cli/io';
import { runCli } from '../src/cli/run-cli';
import { objectKey } from '../src/kubernetes/object';
import { readManifests } from '../src/manifests';

async function main(): Promise<number> {
  const io = processIo();
  const warnings = await synthesize();
  const plan = ['plan'];
  io.out('the plan\n');
  const planned = await runCli(plan, io);
  io.out('\nand with 3 replicas of pipy\n');
  const withMore = await runCli([...plan, '--replicas', 'pipy=3'], io);
  io.out(`\nwhat the linter warns of\n${warnings}\n\nwritten to dist/\n`);
  printObjects(io);
  io.out(`
what to do next
  src/apps/pipy.ts                          where the demo is written: change it and run this again
  npm run check                             what Karmada would accept silently
  npm run plan -- --replicas pipy=1..6      what if the replicas change
  npm run view -- --out plan.html           the plan as a page: open it, and try replicas, weights and losses
  npm run lab:up && npm run lab:apply       four clusters on this machine, and the demo on them
`);
  return planned || withMore;
}

/** Runs the demo's program. @returns what it prints about findings */
async function synthesize(): Promise<string> {
  const printed: string[] = [];
  const { error } = console;
  console.error = (text: string) => void printed.push(text);
  try {
    await import('../src/apps/main.js');
  } finally {
    console.error = error;
  }
  return printed.join('\n');
}

function printObjects(io: CliIo): void {
  for (const { object, origin } of readManifests(['dist']).manifests) {
    io.out(`  ${origin.type === 'file' ? origin.file : ''}  ${objectKey(object)}\n`);
  }
}

main().then((code) => {
  process.exitCode = code;
});
