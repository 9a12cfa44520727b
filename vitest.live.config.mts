import { defineConfig } from 'vitest/config';

/** The suite against a real Karmada: `npm run test:live`. */
export default defineConfig({
  test: {
    include: ['test/live/**/*.live.ts'],
    reporters: ['verbose'],
    // Every scenario waits for a real control plane; they share one namespace, so they run one after the other.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
