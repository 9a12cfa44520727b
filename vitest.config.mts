import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The conformance runs print their counts; without a named reporter some environments hide the output of passing tests.
    reporters: ['default'],
    testTimeout: 60_000,
  },
});
