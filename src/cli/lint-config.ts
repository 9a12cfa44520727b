import { dirname, join, resolve } from 'node:path';
import { type LintConfig, lintConfig } from '../lint';
import { parseYamlValue } from '../yaml/parse';
import type { CliIo } from './io';
import { inFile, readInput } from './plan-inputs';

/** The configuration of the linter, with the path of its fleet file relative to the current folder. */
export async function readLintConfig(path: string, io: CliIo): Promise<LintConfig> {
  const text = await readInput(path, io);
  const value = parseYamlValue(text, path);
  const config = inFile(path, () => lintConfig(value));
  if (config.fleet === undefined) return config;
  const folder = path === '-' ? '.' : dirname(path);
  return { ...config, fleet: resolve(config.fleet) === config.fleet ? config.fleet : join(folder, config.fleet) };
}
