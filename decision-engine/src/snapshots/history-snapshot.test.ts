import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CustomerHistory } from '@segue/models';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSnapshot, readSnapshotHeader, writeSnapshot } from './history-snapshot.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-snapshot-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const header = {
  window: { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-06-01T00:00:00Z') },
  actions: [{ actionId: 'gift', tags: ['home'] }],
};
const histories: CustomerHistory[] = Array.from({ length: 50 }, (_, index) => ({
  customerId: `c${index}`,
  events: [
    {
      messageId: `m${index}`,
      type: 'track',
      name: 'Order Completed',
      timestamp: new Date(Date.UTC(2026, 1, 1 + index)),
      properties: { revenue: index, products: [{ product_id: 'p', price: 1.5 }], note: null },
      context: {},
    },
  ],
}));

async function* stream() {
  yield* histories;
}

async function all(file: string): Promise<CustomerHistory[]> {
  const read: CustomerHistory[] = [];
  for await (const history of readSnapshot(file)) read.push(history);
  return read;
}

test('gives back what was written', async () => {
  const file = path.join(folder, 'a.gz');
  expect(await writeSnapshot(file, header, stream())).toBe(50);
  expect(await readSnapshotHeader(file)).toEqual({ format: 1, kind: 'segue-histories', ...header });
  expect(await all(file)).toEqual(histories);
});

test('says what is wrong with a file that is none, missing or cut', async () => {
  const other = path.join(folder, 'other.gz');
  await writeFile(other, gzipSync('{"a":1}\n'));
  await expect(readSnapshotHeader(other)).rejects.toThrow(/other\.gz is no snapshot of Segue/);
  await expect(readSnapshotHeader(path.join(folder, 'no.gz'))).rejects.toThrow(/can't be read as a snapshot/);
  const file = path.join(folder, 'whole.gz');
  await writeSnapshot(file, header, stream());
  const cut = path.join(folder, 'cut.gz');
  await writeFile(cut, (await readFile(file)).subarray(0, 300));
  await expect(all(cut)).rejects.toThrow(/cut\.gz can't be read as a snapshot/);
});
