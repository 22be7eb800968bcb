import { expect, test } from 'vitest';
import { installStamp, missingPackages } from './install.mjs';

const locked = (packages) => JSON.stringify({ packages });
const lockfile = locked({
  '': { version: '0.1.0' },
  models: { version: '0.1.0' },
  'node_modules/@segue/models': { resolved: 'models', link: true },
  'node_modules/zod': { version: '4.0.0' },
  'node_modules/a/node_modules/zod': { version: '3.0.0' },
  'node_modules/fsevents': { version: '2.3.3', optional: true },
});
const complete = {
  'node_modules/@segue/models': { resolved: 'models', link: true },
  'node_modules/zod': { version: '4.0.0' },
  'node_modules/a/node_modules/zod': { version: '3.0.0' },
};

test('misses nothing when every package is there; an optional one may be absent', () => {
  expect(missingPackages(lockfile, locked(complete))).toEqual([]);
});

test('misses a package of another version, and one that is absent', () => {
  const { 'node_modules/a/node_modules/zod': _absent, ...rest } = complete;
  const installed = locked({ ...rest, 'node_modules/zod': { version: '4.0.1' } });
  expect(missingPackages(lockfile, installed)).toEqual([
    'node_modules/zod',
    'node_modules/a/node_modules/zod',
  ]);
});

test('misses everything when the record of what is installed is broken off', () => {
  expect(missingPackages(lockfile, '{"packages": {"node_mod')).toHaveLength(3);
});

test('the stamp changes with the lock file', () => {
  expect(installStamp('one')).not.toBe(installStamp('two'));
  expect(installStamp('one')).toContain(process.versions.modules);
});
