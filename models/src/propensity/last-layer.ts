import type { MemberNetwork } from '../networks/member-networks.js';
import { seededRandom } from '../training/seeded-random.js';
import { LAST_LAYER_SIZE } from './action-learning.js';

/**
 * Members with {@link LAST_LAYER_SIZE} more outputs beside their own one: the last hidden layer of all members, weighted
 * by what each unit adds to the output, and summed up by a fixed random projection, so that two offers the network sees
 * alike get alike summaries.
 */
export function withLastLayer(members: readonly MemberNetwork[]): MemberNetwork[] {
  const random = seededRandom(7);
  const units = members.reduce((sum, { denses }) => sum + (denses.at(-1)?.inputs ?? 0), 0);
  // Drawn number by number over all members, as models that are in use were.
  const projection = Array.from({ length: LAST_LAYER_SIZE }, () =>
    Float64Array.from({ length: units }, () => random.normal()),
  );
  let before = 0;
  return members.map(({ denses }) => {
    const last = denses.at(-1);
    if (last?.outputs !== 1) {
      throw new Error(`Expected members with 1 output, got ${last?.outputs ?? 0}`);
    }
    const from = before;
    before += last.inputs;
    const outputs = 1 + LAST_LAYER_SIZE;
    const weights = new Float32Array(last.inputs * outputs);
    for (let unit = 0; unit < last.inputs; unit += 1) {
      const weight = last.weights[unit] ?? 0;
      weights[unit * outputs] = weight;
      for (const [number, normals] of projection.entries()) {
        weights[unit * outputs + 1 + number] = (normals[from + unit] ?? 0) * weight;
      }
    }
    const bias = new Float32Array(outputs);
    bias[0] = last.bias[0] ?? 0;
    return { denses: [...denses.slice(0, -1), { inputs: last.inputs, outputs, weights, bias }] };
  });
}

/** The summary of one candidate, each number about between -2 and 2. @param scores outputs of {@link withLastLayer}, by candidate */
export function lastLayerOf(scores: Float64Array, candidate: number): number[] {
  const from = candidate * (1 + LAST_LAYER_SIZE) + 1;
  const numbers: number[] = [];
  for (let number = 0; number < LAST_LAYER_SIZE; number += 1) {
    numbers.push(Math.max(-2, Math.min(2, scores[from + number] ?? 0)));
  }
  return numbers;
}
