import { defineConfig } from 'vitest/config';

/** Measures the built console (`npm run bench:console`); what it finds is printed and kept as JSON. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['bench/**/*.bench-run.ts'],
    expect: { requireAssertions: true },
  },
});
