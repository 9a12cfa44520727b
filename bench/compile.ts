import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const root = join(__dirname, '..');
const target = join(root, '.cache', 'bench');

/**
 * Compiles the library and the benchmarks to JavaScript, incrementally, so that the measured node processes do not
 * contain a compiler.
 *
 * @returns the folder with the same tree as the repository
 */
export function compile(): string {
  for (const folder of ['src', 'imports', 'bench']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      compileFile(join(entry.parentPath, entry.name));
    }
  }
  return target;
}

function compileFile(source: string): void {
  const compiled = join(target, source.slice(root.length)).replace(/\.ts$/, '.js');
  if (existsSync(compiled) && statSync(compiled).mtimeMs >= statSync(source).mtimeMs) return;
  const { outputText } = transpileModule(readFileSync(source, 'utf8'), {
    compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS, esModuleInterop: true },
  });
  mkdirSync(dirname(compiled), { recursive: true });
  writeFileSync(compiled, outputText);
}
