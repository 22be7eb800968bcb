/** Record ids and collection ids inside LMDB keys, big-endian so that bytes sort as numbers. */
const HEAD = 4;
const RECORD = 6;

export function recordKey(space: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(HEAD + RECORD);
  key.writeUInt32BE(space, 0);
  key.writeUIntBE(record, HEAD, RECORD);
  return key;
}

export function recordOf(key: Buffer): number {
  return key.readUIntBE(key.length - RECORD, RECORD);
}

export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD);
  bytes.writeUIntBE(record, 0, RECORD);
  return bytes;
}

/** The first key of a space; `spaceKey(id + 1)` ends it. */
export function spaceKey(space: number): Buffer {
  const key = Buffer.allocUnsafe(HEAD);
  key.writeUInt32BE(space, 0);
  return key;
}

export function indexKey(space: number, value: Buffer, record?: number): Buffer {
  const key = Buffer.allocUnsafe(HEAD + value.length + (record === undefined ? 0 : RECORD));
  key.writeUInt32BE(space, 0);
  value.copy(key, HEAD);
  if (record !== undefined) key.writeUIntBE(record, HEAD + value.length, RECORD);
  return key;
}
