import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Scripts and styles of the site. */
export interface Bundles {
  /** Of all pages but the playground. */
  readonly script: string;
  readonly style: string;
  readonly playground: { readonly script: string; readonly style: string };
}

export async function bundlesIn(root: string): Promise<Bundles> {
  const styleOf = (...files: string[]) => files.map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('');
  return {
    script: await scriptOf(root, 'main.tsx'),
    style: styleOf('view/page/colors.css', 'site/site.css', 'site/top.css'),
    playground: {
      script: await scriptOf(root, 'playground/main.tsx'),
      style: styleOf('view/page/colors.css', 'view/page/page.css', 'site/top.css', 'site/playground/playground.css'),
    },
  };
}

async function scriptOf(root: string, entry: string): Promise<string> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: join(root, 'src/site', entry),
    platform: 'browser',
    tsconfig: join(root, 'src/view/page/tsconfig.json'),
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  return output[0].code.replaceAll('</script', '<\\/script').trim();
}
