import { defineConfig } from 'vitest/config';

/** Takes a picture of every page (`npm run screenshots`), from the built console on a shop in memory. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['screenshots/**/*.shots.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
  },
});
