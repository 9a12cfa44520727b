import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in our own package.json, which is above this file, from the sources as well as compiled. */
export function ownVersion(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const found = nameAndVersion(join(folder, 'package.json'));
    if (found?.name === 'cdk8s-karmada') return found.version;
    if (folder === dirname(folder)) return 'unknown';
  }
}

function nameAndVersion(file: string): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
