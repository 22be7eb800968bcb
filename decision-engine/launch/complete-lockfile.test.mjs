import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingBinaries } from './complete-lockfile.mjs';
import { repositoryRoot } from './repository.mjs';

const owner = {
  version: '1.2.3',
  dev: true,
  optionalDependencies: {
    '@x/cli-linux-arm64-musl': '1.2.3',
    '@x/windows-64': '1.2.3',
    '@x/darwin-arm64': '1.2.3',
    '@x/wasm32-wasi': '1.2.3',
    sharp: '^0.34.0',
  },
};

test('adds the binaries for other systems, by what their names say', () => {
  const packages = { 'node_modules/x': owner, 'node_modules/@x/darwin-arm64': { version: '1.2.3' } };
  expect(missingBinaries(packages)).toEqual({
    'node_modules/@x/cli-linux-arm64-musl': {
      version: '1.2.3',
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
      dev: true,
      optional: true,
    },
    'node_modules/@x/windows-64': {
      version: '1.2.3',
      os: ['win32'],
      cpu: ['x64'],
      dev: true,
      optional: true,
    },
  });
});

test('the lock file of this repository lacks none; if it does, run launch/complete-lockfile.mjs', () => {
  const lockfile = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8'));
  expect(Object.keys(missingBinaries(lockfile.packages))).toEqual([]);
});
