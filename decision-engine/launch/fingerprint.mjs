import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOT_SOURCE_FOLDERS = new Set([
  'node_modules',
  'dist',
  '.next',
  '.turbo',
  '.test-results',
  'docs',
  'launch',
  'browser-tests',
]);
const NOT_SOURCE_FILES = /\.(md|log|tsbuildinfo)$|\.test\.tsx?$|^next-env\.d\.ts$|^vitest\..*config\.ts$/;

/**
 * The files under a folder that a build can depend on, sorted, with `/` between the parts on every system.
 *
 * @param {string} folder
 * @param {string} [below]
 * @returns {string[]}
 */
export function sourceFiles(folder, below = '') {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return NOT_SOURCE_FOLDERS.has(entry.name) ? [] : sourceFiles(folder, path);
      return entry.isFile() && !NOT_SOURCE_FILES.test(entry.name) ? [path] : [];
    })
    .sort();
}

/**
 * One hash over the names and the contents of files: equal only where nothing was changed, added, renamed or removed.
 *
 * @param {string} root
 * @param {string[]} paths relative to root
 * @returns {string}
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
