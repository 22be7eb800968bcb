const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mixBlock(block: number): number {
  return Math.imul(rotate(Math.imul(block, C1), 15), C2);
}

const encoder = new TextEncoder();

/** Spreads the bits of a 32-bit integer: every bit of the result depends on every bit of the value. */
export function mix32(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * MurmurHash3, x86, 32 bits, of the UTF-8 bytes (Austin Appleby, public domain): fast, and spreads similar texts evenly,
 * which is what bucketing needs. Not for secrets.
 *
 * @returns an unsigned 32-bit integer
 */
export function murmur3(text: string, seed = 0): number {
  const bytes = encoder.encode(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = bytes.length >> 2;
  let hash = seed | 0;
  for (let block = 0; block < blocks; block += 1) {
    hash ^= mixBlock(view.getUint32(block * 4, true));
    hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let index = bytes.length - 1; index >= blocks * 4; index -= 1)
    tail = (tail << 8) | view.getUint8(index);
  if (bytes.length > blocks * 4) hash ^= mixBlock(tail);
  return mix32(hash ^ bytes.length);
}
