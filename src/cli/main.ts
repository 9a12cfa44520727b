#!/usr/bin/env node
import { processIo } from './io';
import { runCli } from './run-cli';

// `cdk8s-karmada plan | head` closes the pipe early, which is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`error: cannot write to standard output: ${error.message}\n`, () => process.exit(3));
});

// Nothing can be said any more. The exit code still counts, unless messages are lost on a full disk.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(3);
});

// Not process.exit(): output to a pipe may still be pending.
void runCli(process.argv.slice(2), processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});
