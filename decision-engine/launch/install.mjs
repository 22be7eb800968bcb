import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { repositoryRoot } from './repository.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { runStep } from './step.mjs';

// In node_modules, so that whatever empties that folder takes the stamp with it.
const stampPath = join(repositoryRoot, 'node_modules', '.segue-installed');

/**
 * Installs the packages where they are missing, half there, or not those of `package-lock.json`.
 *
 * @param {import('./lock.mjs').Lock} lock
 */
export async function ensureInstalled(lock) {
  const lockfile = readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8');
  const wanted = installStamp(lockfile);
  if (readStamp(stampPath) === wanted) return;
  const installed = readStamp(join(repositoryRoot, 'node_modules', '.package-lock.json'));
  if (installed === undefined || missingPackages(lockfile, installed).length > 0) {
    removeStamp(stampPath);
    const npm = npmCommand(process.env);
    await runStep({
      title: 'Installing packages',
      command: npm.command,
      // Types and the build are needed whatever NODE_ENV or the person's own npm settings leave out.
      args: [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
      log: 'install.log',
      started: lock.working,
    });
  }
  writeStamp(stampPath, wanted);
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
