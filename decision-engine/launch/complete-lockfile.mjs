import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './repository.mjs';

// npm leaves out of the lock file the optional packages that the registry in use does not have, such as the binaries for
// systems it does not serve. `npm ci` then refuses the file wherever the registry has them. Run after adding packages:
//   node decision-engine/launch/complete-lockfile.mjs

/** @typedef {{ version?: string, dev?: boolean, license?: string, engines?: object, optional?: boolean, optionalDependencies?: Record<string, string> }} Entry */

/** @type {Record<string, string>} */
const systems = { windows: 'win32' };
for (const name of ['win32', 'darwin', 'linux', 'android', 'freebsd', 'openharmony']) systems[name] = name;

/** @type {Record<string, string>} */
const processors = { 64: 'x64' };
for (const name of ['x64', 'arm64', 'arm', 'ia32', 's390x', 'riscv64', 'ppc64']) processors[name] = name;

/**
 * The optional packages for one system that packages of a lock file name and the file does not hold, as entries to add.
 *
 * @param {Record<string, Entry>} packages
 * @returns {Record<string, Entry & { os: string[], cpu: string[] }>}
 */
export function missingBinaries(packages) {
  /** @type {Record<string, Entry & { os: string[], cpu: string[] }>} */
  const missing = {};
  for (const [owner, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      if (packages[path] !== undefined || packages[`${owner}/${path}`] !== undefined) continue;
      const machine = machineOf(name);
      if (machine === undefined || !/^\d/.test(version)) continue;
      missing[path] = { version, ...machine, ...taken(entry), optional: true };
    }
  }
  return missing;
}

/**
 * What such packages are for stands in their names: `@biomejs/cli-linux-arm64-musl`.
 *
 * @param {string} name
 */
function machineOf(name) {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const os = words.map((word) => systems[word]).find((known) => known !== undefined);
  const cpu = words.map((word) => processors[word]).find((known) => known !== undefined);
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  return { os: [os], cpu: [cpu], ...(os === 'linux' ? { libc: [libc] } : {}) };
}

/** @param {Entry} owner */
function taken({ dev, license, engines }) {
  return { ...(dev ? { dev } : {}), ...(license ? { license } : {}), ...(engines ? { engines } : {}) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const path = join(repositoryRoot, 'package-lock.json');
  const lockfile = JSON.parse(readFileSync(path, 'utf8'));
  const added = missingBinaries(lockfile.packages);
  const entries = Object.entries({ ...lockfile.packages, ...added });
  lockfile.packages = Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
  process.stderr.write(`Added ${Object.keys(added).length} packages to package-lock.json.\n`);
}
