import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserScript } from '../browser/script';

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
    script: await browserScript(root, 'site/main.tsx'),
    style: styleOf('view/page/colors.css', 'site/site.css', 'site/top.css'),
    playground: {
      script: await browserScript(root, 'site/playground/main.tsx'),
      style: styleOf('view/page/colors.css', 'view/page/page.css', 'site/top.css', 'site/playground/playground.css'),
    },
  };
}
