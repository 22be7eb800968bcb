/** Mixes whole numbers into 32 bits (murmur3's finaliser), so that neighbouring seeds give unrelated streams. */
export function hash32(seed: number, values: readonly number[]): number {
  let hash = seed | 0;
  for (const value of values) {
    hash = mix(hash ^ mix(value | 0));
    hash = mix(hash ^ Math.floor(value / 0x1_0000_0000));
  }
  return hash;
}

function mix(value: number): number {
  let mixed = (value + 0x7ed55d16) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
