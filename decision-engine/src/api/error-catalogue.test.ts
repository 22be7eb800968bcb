import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ERRORS } from './error-catalogue.js';

test('docs/errors.md lists every error, with its status and when it happens', async () => {
  const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (.+) \|$/gm)].map(([, code, status, when]) => [
    code,
    Number(status),
    when,
  ]);
  expect(listed).toEqual(Object.entries(ERRORS).map(([code, { status, when }]) => [code, status, when]));
});
