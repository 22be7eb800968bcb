import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['src/**/*.test.ts', 'launch/**/*.test.mjs'],
    // Suites share two cores with each other; nothing waits for a clock, so a slow machine only takes longer.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
  },
});
