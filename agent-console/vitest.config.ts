import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['src/**/*.test.ts', 'serve/**/*.test.mjs'],
    expect: { requireAssertions: true },
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
  },
});
