import { encodeRows } from '../networks/encode-rows.js';
import { encodedWidth } from '../networks/feature-encoding.js';
import type { Manifest } from '../registry/manifest.js';
import type { CompiledScorer } from '../serving/compiled-scorer.js';
import type { Table } from '../tables/table.js';

/**
 * How much each feature of one row moves a number made of a network's outputs: the number as it is, less the number with
 * that feature at its average; what the parts don't sum up to is shared out by size, so that they add up exactly to the
 * distance from the average customer.
 */
export class LeaveOneOut {
  private readonly averages = new Map<string, Float64Array>();
  private readonly base: number;
  private readonly scorer: CompiledScorer;
  private readonly features: Manifest['features'];
  private readonly read: (outputs: Float64Array) => number;

  /** @param read the number to explain, out of the network's outputs */
  constructor(
    { features, inputMeans }: Pick<Manifest, 'features' | 'inputMeans'>,
    scorer: CompiledScorer,
    read: (outputs: Float64Array) => number,
  ) {
    if (inputMeans.length !== encodedWidth(features)) {
      throw new Error(`Expected ${encodedWidth(features)} input means, got ${inputMeans.length}`);
    }
    this.scorer = scorer;
    this.features = features;
    this.read = read;
    const start = scorer.start();
    for (const encoding of features) {
      const average = new Float64Array(scorer.units);
      for (let input = encoding.offset; input < encoding.offset + encoding.width; input += 1) {
        scorer.addRow(input, inputMeans[input] ?? 0, average);
      }
      this.averages.set(encoding.name, average);
      add(start, average, 1);
    }
    this.base = this.numberOf(start);
  }

  /** @param row a table of one row */
  explain(row: Table): {
    readonly base: number;
    readonly number: number;
    readonly contributions: Map<string, number>;
  } {
    const encoded = encodeRows(row, this.features);
    const sum = this.scorer.start();
    const parts = encoded.features.map((feature) => {
      const part = new Float64Array(this.scorer.units);
      this.scorer.addFeature(feature, 0, part);
      add(sum, part, 1);
      return { name: feature.encoding.name, part };
    });
    const number = this.numberOf(sum);
    const raw = parts.map(({ name, part }): [string, number] => {
      const without = sum.slice();
      add(without, part, -1);
      add(without, this.averages.get(name) ?? new Float64Array(part.length), 1);
      return [name, number - this.numberOf(without)];
    });
    const left = number - this.base - raw.reduce((total, [, value]) => total + value, 0);
    const size = raw.reduce((total, [, value]) => total + Math.abs(value), 0);
    return {
      base: this.base,
      number,
      contributions: new Map(
        raw.map(([name, value]) => [
          name,
          size === 0 ? left / raw.length : value + (left * Math.abs(value)) / size,
        ]),
      ),
    };
  }

  private numberOf(sum: Float64Array): number {
    const outputs = new Float64Array(this.scorer.outputs);
    this.scorer.finish(sum, outputs, 0);
    return this.read(outputs);
  }
}

function add(sum: Float64Array, part: Float64Array, sign: 1 | -1): void {
  for (let unit = 0; unit < sum.length; unit += 1) {
    sum[unit] = (sum[unit] ?? 0) + sign * (part[unit] ?? 0);
  }
}
