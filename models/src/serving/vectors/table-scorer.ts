import { columnOf } from '../../networks/encode-rows.js';
import type { MemberNetwork } from '../../networks/member-networks.js';
import type { Table } from '../../tables/table.js';
import type { CompiledScorer } from '../compiled-scorer.js';
import type { TermList } from './term-list.js';
import { ROWS_AT_ONCE, VectorNetwork } from './vector-network.js';

/** Scores tables by a {@link VectorNetwork}, column by column and some rows at once. */
export class TableScorer {
  private readonly network: VectorNetwork;
  private readonly list: TermList;

  constructor(scorer: CompiledScorer, members: readonly MemberNetwork[]) {
    const terms = ROWS_AT_ONCE * scorer.features.length;
    this.network = new VectorNetwork(scorer, members, { terms, rows: 0 });
    this.list = this.network.termList(terms);
  }

  /**
   * Outputs for all rows, `rows x outputs`, row-major. Columns are found by name; extra columns are ignored.
   *
   * @throws Error when a column is missing or has become another kind
   */
  score(table: Table): Float64Array {
    const { network, list } = this;
    const { outputs, features, resultStride, results } = network;
    const writers = this.writers(table);
    const scores = new Float64Array(table.rows * outputs);
    for (let from = 0; from < table.rows; from += ROWS_AT_ONCE) {
      const rows = Math.min(ROWS_AT_ONCE, table.rows - from);
      for (const write of writers) {
        write(from, rows);
      }
      network.gather({ list, count: features.length, rows, start: network.bias, out: network.sums });
      network.finish(rows);
      for (let row = 0; row < rows; row += 1) {
        for (let output = 0; output < outputs; output += 1) {
          scores[(from + row) * outputs + output] = results[row * resultStride + output] as number;
        }
      }
    }
    return scores;
  }

  /** Per feature, what writes the terms of some rows. */
  private writers(table: Table): ((from: number, rows: number) => void)[] {
    const { list } = this;
    const { features } = this.network;
    const count = features.length;
    return features.map((feature, place) => {
      if (feature.kind === 'numeric') {
        const { values } = columnOf(table, feature.encoding);
        return (from, rows) => {
          for (let row = 0; row < rows; row += 1) {
            feature.write(list, row * count + place, values[from + row] as number);
          }
        };
      }
      const { codes, levels } = columnOf(table, feature.encoding);
      const addresses = levels.map((level) => feature.rowOf(level));
      const missing = feature.rowOf('');
      return (from, rows) => {
        for (let row = 0; row < rows; row += 1) {
          feature.writeRow(list, row * count + place, addresses[codes[from + row] as number] ?? missing);
        }
      };
    });
  }
}
