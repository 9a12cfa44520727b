import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in our own package.json. */
export function ownVersion(): string {
  const folder = ownFolder();
  return (folder && nameAndVersion(join(folder, 'package.json'))?.version) ?? 'unknown';
}

/** The folder of our own package.json, which is above this file, from the sources as well as compiled. */
export function ownFolder(): string | undefined {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (nameAndVersion(join(folder, 'package.json'))?.name === 'cdk8s-karmada') return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function nameAndVersion(file: string): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
