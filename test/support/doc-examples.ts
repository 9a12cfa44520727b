import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** Language of the fence: `ts`, `yaml`. */
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a Markdown page, in order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    code,
  }));
}

/**
 * Runs a TypeScript example.
 *
 * @param modules - modules by import name
 * @param result - name of one of its variables
 * @returns the value of that variable
 */
export function runExample(code: string, modules: Readonly<Record<string, unknown>>, result: string): unknown {
  const { outputText } = transpileModule(`${code}\nexport const exampleResult = ${result};\n`, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  const exported: { exampleResult?: unknown } = {};
  const load = (name: string): unknown => {
    if (Object.hasOwn(modules, name)) return modules[name];
    throw new Error(`the example imports ${name}, which its test does not know`);
  };
  new Function('exports', 'require', outputText)(exported, load);
  return exported.exampleResult;
}
