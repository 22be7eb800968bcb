/** A list of terms in the network's memory, to be written before the network gathers it. */
export type TermList = {
  readonly address: number;
  /** Address of the row, at twice the term's place. */
  readonly rows: Int32Array;
  /** How far to go towards the row after it, at twice the term's place and one. */
  readonly fractions: Float32Array;
};
