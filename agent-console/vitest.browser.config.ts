import { defineConfig } from 'vitest/config';

/** Tests of the whole product in a real browser; `npm test` builds first and names the browser in SEGUE_BROWSER. */
export default defineConfig({
  test: {
    include: ['browser-tests/**/*.test.ts'],
    // Each file starts a whole product: two at a time would only slow each other down.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
    expect: { requireAssertions: true },
    reporters: ['default', ['json', { outputFile: '.test-results/browser.json' }]],
  },
});
