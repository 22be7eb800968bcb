// Kernel over typed arrays: all arrays of one parameter have the same length.
import type { Parameter } from '../networks/ensemble-shape.js';

export interface AdamWOptions {
  readonly learningRate: number;
  /** Decoupled weight decay, per step and unit of learning rate (Loshchilov & Hutter 2019). */
  readonly weightDecay: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** AdamW over plain arrays: one fused loop instead of a dozen tensor operations per parameter. */
export class AdamW {
  private readonly first: Float32Array[];
  private readonly second: Float32Array[];
  private step = 0;

  constructor(
    private readonly parameters: readonly Parameter[],
    private readonly options: AdamWOptions,
  ) {
    this.first = parameters.map(({ values }) => new Float32Array(values.length));
    this.second = parameters.map(({ values }) => new Float32Array(values.length));
  }

  /** Changes the parameters in place. @param factor multiplies the learning rate of this step (a schedule). */
  apply(gradients: readonly Float32Array[], factor = 1): void {
    this.step += 1;
    const rate = this.options.learningRate * factor;
    const correction1 = 1 - BETA1 ** this.step;
    const correction2 = Math.sqrt(1 - BETA2 ** this.step);
    const scale = (rate * correction2) / correction1;
    const epsilon = EPSILON * correction2;
    this.parameters.forEach(({ values, decays }, index) => {
      const gradient = gradients[index] as Float32Array;
      const m = this.first[index] as Float32Array;
      const v = this.second[index] as Float32Array;
      const keep = decays ? 1 - rate * this.options.weightDecay : 1;
      for (let i = 0; i < values.length; i += 1) {
        const g = gradient[i] as number;
        const mean = BETA1 * (m[i] as number) + (1 - BETA1) * g;
        const square = BETA2 * (v[i] as number) + (1 - BETA2) * g * g;
        m[i] = mean;
        v[i] = square;
        values[i] = keep * (values[i] as number) - (scale * mean) / (Math.sqrt(square) + epsilon);
      }
    });
  }
}
