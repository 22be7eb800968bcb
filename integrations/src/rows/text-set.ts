/** Bits of a text's hash that fit a double exactly. */
const HIGH_BITS = 0x1f_ffff;

/** A 53-bit hash of a text (two rounds of FNV-1a with different offsets, mixed), never 0. */
function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
    high ^= high >>> 13;
  }
  low ^= low >>> 15;
  low = Math.imul(low, 0xc2b2ae35);
  low ^= low >>> 16;
  return (high & HIGH_BITS) * 0x1_0000_0000 + (low >>> 0) || 1;
}

/**
 * A set of texts in 8 bytes a slot, whatever their length: it keeps hashes of 53 bits. Two different texts are taken
 * for one with a chance of about n²/2⁵⁴: 1 in 18,000 for a million texts.
 */
export class TextSet {
  #slots = new Float64Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns whether it was not there before */
  add(text: string): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const added = this.#insert(hash53(text));
    if (added) this.#size += 1;
    return added;
  }

  #insert(hash: number): boolean {
    const length = this.#slots.length;
    let slot = hash % length;
    // Never full (see `add`), so an empty slot ends the search.
    while (this.#slots[slot] !== 0) {
      if (this.#slots[slot] === hash) return false;
      slot = slot + 1 === length ? 0 : slot + 1;
    }
    this.#slots[slot] = hash;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(old.length * 2);
    for (const hash of old) if (hash !== 0) this.#insert(hash);
  }
}
