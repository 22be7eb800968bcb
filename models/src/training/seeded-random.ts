/**
 * A seeded stream of random numbers: sfc32 (C. Doty-Humphrey, PractRand), filled from the seed by splitmix32.
 * Same seed, same numbers, on every machine and backend.
 */
export interface SeededRandom {
  /** Uniform in [0, 1), 32 bits of it. */
  uniform(): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** Whole number in [0, bound). */
  below(bound: number): number;
  /** A new independent stream; the same label gives the same stream. */
  fork(label: number): SeededRandom;
}

export function seededRandom(seed: number): SeededRandom {
  let mix = seed >>> 0;
  const fill = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = fill();
  let b = fill();
  let c = fill();
  let counter = 1;
  let spare: number | undefined;

  const uniform = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  const normal = (): number => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  for (let i = 0; i < 12; i += 1) {
    uniform();
  }
  return {
    uniform,
    normal,
    below: (bound) => Math.floor(uniform() * bound),
    fork: (label) =>
      seededRandom((Math.imul(seed ^ 0x5bd1e995, 0x01000193) ^ Math.imul(label + 1, 0x9e3779b1)) >>> 0),
  };
}

/** The numbers 0 … n-1 in random order (Fisher-Yates). */
export function shuffledIndices(n: number, random: SeededRandom): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const kept = order[i] as number; // i and j are in [0, n)
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
