import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findBrowser } from './find-browser.mjs';
import { repositoryRoot } from './repository.mjs';
import { runStep } from './step.mjs';

/**
 * A browser for the browser tests, installed where there is none: by Debian's packages when we may, else Playwright's own.
 *
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function ensureBrowser() {
  const ways = mayUseApt() ? [fromDebian, fromPlaywright] : [fromPlaywright];
  const found = await findBrowser(process.env);
  if (found !== undefined) return { path: found };
  const tried = [];
  for (const way of ways) {
    try {
      await way();
    } catch (error) {
      tried.push(error instanceof Error ? error.message : String(error));
    }
    const path = await findBrowser(process.env);
    if (path !== undefined) return { path };
  }
  const advice = 'Install Chrome or Chromium, or name one in SEGUE_BROWSER.';
  return { reason: [`No browser was found, and none could be installed. ${advice}`, ...tried].join('\n\n') };
}

/** On Ubuntu the package of that name is a stub for a snap, which does not run in a container. */
function mayUseApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID=debian$/m.test(release);
}

async function fromDebian() {
  try {
    await apt('Installing Chromium', ['install', '-y', '--no-install-recommends', 'chromium']);
  } catch {
    // The usual reason: package lists that are missing or old.
    await apt('Reading package lists', ['update']);
    await apt('Installing Chromium', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
}

/**
 * @param {string} title
 * @param {string[]} args
 */
function apt(title, args) {
  return runStep({
    title,
    command: '/usr/bin/apt-get',
    args: ['-o', 'DPkg::Lock::Timeout=300', ...args],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    log: 'install-browser.log',
  });
}

function fromPlaywright() {
  return runStep({
    title: "Downloading Playwright's Chromium",
    command: process.execPath,
    args: [join(repositoryRoot, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'],
    env: process.env,
    log: 'install-browser.log',
  });
}
