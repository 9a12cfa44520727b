#!/usr/bin/env node
import { processIo } from './io';
import { runCli } from './run-cli';

// `cdk8s-karmada plan | head` closes the pipe early, which is no mistake of anybody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Not process.exit(): output into a pipe may still be on its way.
void runCli(process.argv.slice(2), processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});
