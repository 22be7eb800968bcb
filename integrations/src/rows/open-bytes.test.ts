import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBytes } from './open-bytes.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-open-bytes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileWith(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function contentOf(path: string) {
  const source = await openBytes(path);
  let onDisk = 0;
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read((bytes) => (onDisk += bytes))) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString(), onDisk, totalBytes: source.totalBytes };
}

const LONG = Array.from({ length: 200_000 }, (_, i) => `line ${i * 7919}\n`).join('');

describe('openBytes', () => {
  it('unpacks gzip by its content, whatever the name, and counts the bytes on disk', async () => {
    const packed = gzipSync(LONG);
    const { text, onDisk, totalBytes } = await contentOf(await fileWith('packed.csv', packed));
    expect(text === LONG).toBe(true);
    expect([onDisk, totalBytes]).toEqual([packed.length, packed.length]);
  });

  it('reads plain text, the empty file too', async () => {
    expect((await contentOf(await fileWith('plain.csv.gz', 'a,b\n'))).text).toBe('a,b\n');
    expect((await contentOf(await fileWith('empty.csv', ''))).text).toBe('');
  });

  it('says that a gzip file breaks off', async () => {
    const packed = gzipSync(LONG);
    const path = await fileWith('cut.csv.gz', packed.subarray(0, packed.length / 2));
    await expect(contentOf(path)).rejects.toThrow(/cut\.csv\.gz breaks off in the middle of its gzip data/);
  });

  it('says that a gzip file is damaged', async () => {
    const packed = gzipSync(LONG);
    packed.fill(0xff, 1000, 1200);
    await expect(contentOf(await fileWith('bad.csv.gz', packed))).rejects.toThrow(/has damaged gzip data/);
  });

  it.each([
    ['book.xlsx', Buffer.from('PK\u0003\u0004rest'), /is a zip archive or an Excel file/],
    ['utf16.csv', Buffer.from('\uFEFFa,b', 'utf16le'), /is UTF-16 text; save it as UTF-8/],
    ['table.csv', gzipSync(Buffer.from('PAR1rest')), /is a Parquet file/],
  ])('says what to do about %s', async (name, content, message) => {
    await expect(contentOf(await fileWith(name, content))).rejects.toThrow(message);
  });

  it('says that a file is missing, or a folder', async () => {
    await expect(openBytes(join(folder, 'nope.csv'))).rejects.toThrow(/nope\.csv does not exist\.$/);
    await expect(openBytes(folder)).rejects.toThrow(/is a folder; name one file in it\.$/);
  });
});
