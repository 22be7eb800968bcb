import type { Table } from '../tables/table.js';

/** Rows a model was tested on, which it had not seen. */
export type TestedTable = {
  readonly table: Table;
  /** 1 or 0 per row. */
  readonly labels: ArrayLike<number>;
  /** Predicted, per row. */
  readonly probabilities: ArrayLike<number>;
};
