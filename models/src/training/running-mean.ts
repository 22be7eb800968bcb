// Kernel over typed arrays: all arrays of one parameter have the same length.
import type { Parameter } from '../networks/ensemble-shape.js';

/**
 * The exponential running mean of a network's parameters over its steps (Polyak averaging): smoother than any single
 * step's, so that no learning rate schedule is needed. Early on it is the plain mean of the steps so far.
 */
export class RunningMean {
  readonly parameters: readonly Parameter[];
  private steps = 0;
  private readonly kept: number;

  /** @param kept part of the mean kept per step, 0 (the last step alone) to below 1 */
  constructor(parameters: readonly Parameter[], kept: number) {
    this.kept = kept;
    this.parameters = parameters.map((parameter) => ({ ...parameter, values: parameter.values.slice() }));
  }

  add(parameters: readonly Parameter[]): void {
    this.steps += 1;
    const kept = Math.min(this.kept, 1 - 1 / this.steps);
    this.parameters.forEach(({ values }, index) => {
      const now = parameters[index]?.values ?? values;
      for (let i = 0; i < values.length; i += 1) {
        values[i] = kept * (values[i] as number) + (1 - kept) * (now[i] as number);
      }
    });
  }
}
