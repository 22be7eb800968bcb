import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** How LMDB's head of a transaction begins; then its version, where it is mapped, the size of the map and of a page. */
const MAGIC = 0xbeefc0de;
/** From its beginning: the size of a page, 32 bit, and the transaction's number, 64 bit; little endian. */
const PAGE_SIZE = 24;
const TRANSACTION = 128;
/** It stands behind the head of the page, whose length depends on how LMDB was built. */
const PAGE_HEADS = [16, 24];
const LARGEST_PAGE = 64 * 1024;

function headIn(page: Buffer): number | undefined {
  const at = PAGE_HEADS.find((each) => page.length > each + 4 && page.readUInt32LE(each) === MAGIC);
  return at !== undefined && page.length >= at + TRANSACTION + 8 ? at : undefined;
}

/**
 * The number of the newest transaction in LMDB's file, whether or not its pages are there: nothing but the two heads is
 * read. LMDB itself says it only of a database that is open.
 * @returns undefined where there is no file, or it is none of LMDB's
 */
export function newestTransaction(dataDir: string): number | undefined {
  const path = join(dataDir, 'data.mdb');
  if (!existsSync(path)) return undefined;
  const bytes = Buffer.alloc(2 * LARGEST_PAGE);
  const file = openSync(path, 'r');
  const found = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  closeSync(file);
  const first = headIn(found);
  if (first === undefined) return undefined;
  const second = found.subarray(found.readUInt32LE(first + PAGE_SIZE));
  const other = headIn(second);
  const numbers = [found.readBigUInt64LE(first + TRANSACTION)];
  if (other !== undefined) numbers.push(second.readBigUInt64LE(other + TRANSACTION));
  return Math.max(...numbers.map(Number));
}
