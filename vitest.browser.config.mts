import { defineConfig } from 'vitest/config';

// Tests of the page in a real browser, against the built package: `npm run test:browser`.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: 'test/support/temporary-files.ts',
    reporters: ['./test/support/quiet-reporter.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
