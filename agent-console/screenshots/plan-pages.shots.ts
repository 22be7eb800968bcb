import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startBenchProduct } from '../bench/start-bench-product';
import { launchBrowser } from '../browser-tests/browser';
import { PLAN_PAGES } from '../browser-tests/plan-pages';
import { SCREENS } from '../browser-tests/screens';
import { signInTo } from '../browser-tests/sign-in';

const folder = fileURLToPath(new URL('../.test-results/screenshots/', import.meta.url));
// biome-ignore lint/style/noProcessEnv: `SHOTS=policies,models npm run screenshots` takes those alone
const wanted = process.env['SHOTS']?.split(',');
// biome-ignore lint/style/noProcessEnv: `SHOTS_DATA=.data` uses a copy of a stopped product's data, and trains nothing
const data = process.env['SHOTS_DATA'];
const pages = PLAN_PAGES.filter(({ name }) => wanted === undefined || wanted.includes(name));

// These need models, decisions and a catalogue that belong together: a small shop of the whole product has them.
test.skipIf(pages.length === 0)(
  'pages of marketers and analysts, wide and narrow, light and dark',
  async () => {
    const product = await startBenchProduct(data ?? null);
    const browser = await launchBrowser();
    const problems: string[] = [];
    try {
      await mkdir(folder, { recursive: true });
      const page = await browser.newPage();
      await signInTo(page, '/', product);
      await page.getByRole('complementary', { name: 'Queue' }).waitFor();
      page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
      for (const [screen, viewport] of Object.entries(SCREENS)) {
        await page.setViewportSize(viewport);
        for (const { name, path } of pages) {
          await page.goto(product.consoleUrl + path, { waitUntil: 'networkidle' });
          await page.locator('main[aria-busy="false"]').waitFor();
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            // Pictures show the page at rest, not half-way through a motion.
            await page.waitForTimeout(250);
            await page.screenshot({ path: `${folder}${name}-${screen}-${colorScheme}.png` });
          }
        }
      }
    } finally {
      await browser.close();
      await product.stop();
    }
    expect(problems).toEqual([]);
  },
  600_000,
);
