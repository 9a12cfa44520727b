import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Script and style that all pages share. */
export async function bundled(root: string): Promise<{ readonly script: string; readonly style: string }> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: join(root, 'src/site/main.tsx'),
    platform: 'browser',
    tsconfig: join(root, 'src/view/page/tsconfig.json'),
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  const style = ['src/view/page/colors.css', 'src/site/site.css'].map((file) => readFileSync(join(root, file), 'utf8'));
  return { script: output[0].code, style: style.join('') };
}
