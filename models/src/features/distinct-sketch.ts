import { hash32 } from './hash32.js';

/**
 * HyperLogLog with 128 registers (Flajolet et al. 2007), one character each: 128 bytes whatever is counted, the same
 * in any order. Standard error about 9 %; nearly exact below 100 by linear counting.
 */
const REGISTERS = 128;
const INDEX_BITS = 7;
const BASE = 48;

export function emptySketch(): string {
  return String.fromCharCode(BASE).repeat(REGISTERS);
}

/** The sketch after seeing `ids`. */
export function sketchWith(sketch: string, ids: readonly string[]): string {
  const registers = Array.from(sketch, (character) => character.charCodeAt(0));
  for (const id of ids) {
    const hash = hash32(id);
    const register = hash & (REGISTERS - 1);
    // The rank is that of the first 1 among the bits that did not choose the register.
    const rank = Math.min(Math.clz32(hash >>> INDEX_BITS) - INDEX_BITS + 1, 32 - INDEX_BITS + 1) + BASE;
    registers[register] = Math.max(registers[register] ?? BASE, rank);
  }
  return String.fromCharCode(...registers);
}

/** Estimated number of different ids seen. */
export function sketchCount(sketch: string): number {
  let sum = 0;
  let empty = 0;
  for (let i = 0; i < sketch.length; i += 1) {
    const rank = sketch.charCodeAt(i) - BASE;
    sum += 2 ** -rank;
    empty += rank === 0 ? 1 : 0;
  }
  const alpha = 0.7213 / (1 + 1.079 / REGISTERS);
  const estimate = (alpha * REGISTERS * REGISTERS) / sum;
  return estimate <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : estimate;
}
