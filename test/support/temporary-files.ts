import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary files of tests are in one folder, which is removed after the last test. Workers and their child processes inherit it. */
export default function temporaryFiles(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-tests-'));
  const variables = ['TMPDIR', 'TEMP', 'TMP'];
  const before = variables.map((name) => process.env[name]);
  for (const name of variables) process.env[name] = folder;
  return () => {
    variables.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
    rmSync(folder, { recursive: true, force: true });
  };
}
