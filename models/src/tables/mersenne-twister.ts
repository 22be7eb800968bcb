// Kernel over typed arrays: indices are taken modulo the state's size.

const SIZE = 624;
const SHIFT = 397;

/**
 * The 32-bit Mersenne Twister (Matsumoto & Nishimura 1998), seeded as NumPy's `RandomState(seed)` does. Used where
 * our splits should be the very ones scikit-learn makes; everything else uses `seededRandom`.
 */
export class MersenneTwister {
  private readonly state = new Uint32Array(SIZE);
  private at = SIZE;

  constructor(seed: number) {
    this.state[0] = seed >>> 0;
    for (let i = 1; i < SIZE; i += 1) {
      const last = this.state[i - 1] as number;
      this.state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
  }

  /** The next 32 bits. */
  next(): number {
    if (this.at === SIZE) {
      this.twist();
    }
    let y = this.state[this.at] as number;
    this.at += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** Shuffles in place as `RandomState.shuffle` does for one-dimensional arrays. */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i -= 1) {
      const j = this.upTo(i);
      const kept = values[i] as number;
      values[i] = values[j] as number;
      values[j] = kept;
    }
  }

  private upTo(max: number): number {
    const mask = 0xffffffff >>> Math.clz32(max);
    let value = (this.next() & mask) >>> 0;
    while (value > max) {
      value = (this.next() & mask) >>> 0;
    }
    return value;
  }

  private twist(): void {
    const { state } = this;
    for (let i = 0; i < SIZE; i += 1) {
      const y = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % SIZE] as number) & 0x7fffffff);
      const odd = (y & 1) === 1 ? 0x9908b0df : 0;
      state[i] = (state[(i + SHIFT) % SIZE] as number) ^ (y >>> 1) ^ odd;
    }
    this.at = 0;
  }
}
