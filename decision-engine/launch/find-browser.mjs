import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository.mjs';

const run = promisify(execFile);

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];
const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chrome or Chromium on this machine that runs: the one `SEGUE_BROWSER` names, an installed one, or Playwright's own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} its program
 */
export async function findBrowser(env) {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const named = env.SEGUE_BROWSER === undefined || env.SEGUE_BROWSER === '' ? [] : [env.SEGUE_BROWSER];
  for (const file of [...named, ...onPath, ...FIXED_PLACES, ...(await playwrightsOwn())]) {
    if (await runs(file)) return file;
  }
  return undefined;
}

/** @returns {Promise<string[]>} */
async function playwrightsOwn() {
  try {
    // By its place, since it is a package of the console and not of this one.
    const place = join(repositoryRoot, 'node_modules', 'playwright-core', 'index.mjs');
    const { chromium } = await import(pathToFileURL(place).href);
    return [chromium.executablePath()];
  } catch {
    return [];
  }
}

/**
 * Whether the program is there and starts: Ubuntu's `chromium`, for one, can be a stub that only asks for a snap.
 *
 * @param {string} file
 */
async function runs(file) {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    // Chrome for Windows opens a window when asked for its version.
    if (process.platform === 'win32') return true;
    await run(file, ['--version'], { timeout: 15_000 });
    return true;
  } catch {
    return false;
  }
}
