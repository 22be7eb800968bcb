import { defineConfig } from 'vitest/config';

/** These work on one started product, one file after the other: each finds what the former left. */
const ON_ONE_PRODUCT = [
  'browser-tests/agent-answers.test.ts',
  'browser-tests/on-site.test.ts',
  'browser-tests/people-and-privacy.test.ts',
];
/** These look at pages and time nothing: two at a time. */
const OF_PAGES = ['browser-tests/accessibility-*.test.ts', 'browser-tests/weight.test.ts'];

const settings = {
  testTimeout: 60_000,
  hookTimeout: 300_000,
  // How long a page may take before something is wrong; the page itself asks again after 1.2 s where a push was lost.
  expect: { requireAssertions: true, poll: { timeout: 15_000 } },
};

/** Tests of the whole product in a real browser; `npm test` builds first and names the browser in SEGUE_BROWSER. */
export default defineConfig({
  test: {
    reporters: ['default', ['json', { outputFile: '.test-results/browser.json' }]],
    projects: [
      {
        test: {
          ...settings,
          name: 'pages',
          include: OF_PAGES,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...settings,
          name: 'console',
          include: ['browser-tests/**/*.test.ts'],
          exclude: [...OF_PAGES, ...ON_ONE_PRODUCT],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...settings,
          name: 'product',
          include: ON_ONE_PRODUCT,
          globalSetup: ['browser-tests/shared-product.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
