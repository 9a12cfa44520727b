import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/** A script with everything that it imports, as it may stand in a page. */
export async function browserScript(root: string, entry: string, plugins: readonly Plugin[] = []): Promise<string> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: join(root, 'src', entry),
    platform: 'browser',
    plugins: [...plugins],
    tsconfig: join(root, 'src/view/page/tsconfig.json'),
    logLevel: 'warn',
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
  return output[0].code.replaceAll('</script', '<\\/script').trim();
}

/** The source of a content security policy for a script or a style in the page. */
export function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
