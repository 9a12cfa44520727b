import { defineConfig, type Plugin } from 'vitest/config';

/**
 * Heavy rooms are loaded by `require('../lint')` when they are used. In a test, Node would look for JavaScript there:
 * so the same file is imported ahead, through vitest, and there is one instance of it as there is in the package.
 */
const requiredRooms: Plugin = {
  name: 'required-rooms',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id)) return undefined;
    const imports: string[] = [];
    const replaced = code.replace(/\brequire\('(\.{1,2}\/[^']+)'\)/g, (_, path: string) => {
      const name = `requiredRoom${imports.length}`;
      imports.push(`import * as ${name} from '${path}';`);
      return name;
    });
    // On one line, so that line numbers in stack traces stay true.
    return imports.length === 0 ? undefined : { code: `${imports.join(' ')} ${replaced}`, map: null };
  },
};

export default defineConfig({
  plugins: [requiredRooms],
  test: {
    include: ['test/**/*.test.ts'],
    // The conformance runs print their counts; without a named reporter some environments hide the output of passing tests.
    reporters: ['default'],
    testTimeout: 60_000,
  },
});
