import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { showProgress } from './progress.mjs';
import { repositoryRoot, workspaces } from './repository.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { runStep } from './step.mjs';

// All of them in node_modules, so that whatever empties that folder takes them with it.
const modules = join(repositoryRoot, 'node_modules');
const stampPath = join(modules, '.segue-installed');
const underwayPath = join(modules, '.segue-installing');
const npmsRecord = join(modules, '.package-lock.json');

/**
 * Installs the packages where they are missing, half there, or not those of `package-lock.json`.
 *
 * @param {import('./lock.mjs').Lock} lock
 */
export async function ensureInstalled(lock) {
  const lockfile = readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8');
  const wanted = installStamp(lockfile);
  const broken = readStamp(underwayPath) !== undefined;
  if (!broken && readStamp(stampPath) === wanted) return;
  const installed = readStamp(npmsRecord);
  if (broken || installed === undefined) await removeModules();
  if (broken || installed === undefined || missingPackages(lockfile, installed).length > 0) {
    removeStamp(stampPath);
    writeStamp(underwayPath, wanted);
    await npmInstall(lock);
    removeStamp(underwayPath);
  }
  writeStamp(stampPath, wanted);
}

/** npm takes a package that was unpacked by half for a whole one, so nothing of a broken install may stay. */
async function removeModules() {
  const folders = ['.', ...workspaces].map((folder) => join(repositoryRoot, folder, 'node_modules'));
  if (!folders.some((folder) => existsSync(folder))) return;
  // First, so that a removal that is killed half way is seen for what it is.
  removeStamp(npmsRecord);
  const progress = showProgress('Removing what is left of a broken install');
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  progress.done();
}

/**
 * Not `npm ci`: it refuses a lock file that lacks the packages of another system, as one written on Linux may do for a
 * Mac. `npm install` takes from the lock file all that is there, and `--no-save` keeps it from writing to it.
 *
 * @param {import('./lock.mjs').Lock} lock
 */
function npmInstall(lock) {
  const npm = npmCommand(process.env);
  return runStep({
    title: 'Installing packages',
    command: npm.command,
    // Types and the build are needed whatever NODE_ENV or the person's own npm settings leave out.
    args: [
      ...npm.args,
      'install',
      '--no-save',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
    ],
    env: process.env,
    log: 'install.log',
    started: lock.working,
  });
}

/**
 * What the installed packages depend on: the lock file, and the system and Node they were built for.
 *
 * @param {string} lockfile
 */
export function installStamp(lockfile) {
  const machine = `${process.platform}-${process.arch}-abi${process.versions.modules}`;
  return `${createHash('sha256').update(lockfile).digest('hex')} ${machine}`;
}

/**
 * The packages of a lock file that are not installed in that version, according to npm's own record in `node_modules`,
 * which npm writes last. Optional ones may be missing: npm leaves out what does not fit the machine.
 *
 * @param {string} lockfile `package-lock.json`
 * @param {string} installed `node_modules/.package-lock.json`
 * @returns {string[]} paths such as `node_modules/zod`
 */
export function missingPackages(lockfile, installed) {
  const wanted = packagesOf(lockfile);
  const have = packagesOf(installed);
  return Object.keys(wanted).filter((path) => {
    const entry = wanted[path];
    if (!path.includes('node_modules/') || entry?.optional === true || entry?.devOptional === true)
      return false;
    return have[path] === undefined || have[path].version !== entry?.version;
  });
}

/**
 * @param {string} text
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean } | undefined>}
 */
function packagesOf(text) {
  try {
    return JSON.parse(text).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * How to run npm without a shell: the one that runs us, else the one beside this Node, else the one on PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(env) {
  const bin = dirname(process.execPath);
  const scripts = [
    ...(basename(env.npm_execpath ?? '') === 'npm-cli.js' ? [env.npm_execpath ?? ''] : []),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((path) => existsSync(path));
  return script === undefined ? { command: 'npm', args: [] } : { command: process.execPath, args: [script] };
}
