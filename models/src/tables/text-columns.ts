// Kernel over typed arrays: codes are below the number of texts.

/** A column as it stands in a file: the distinct texts, and which of them each row holds. */
export interface TextColumn {
  readonly name: string;
  readonly texts: readonly string[];
  readonly codes: Int32Array;
  /** Rows per text. */
  readonly counts: Int32Array;
  /** First row per text. */
  readonly firstRows: Int32Array;
}

/** Gathers a column row by row; keeps each distinct text once. */
export class TextColumnBuilder {
  private readonly codeOf = new Map<string, number>();
  private readonly texts: string[] = [];
  private readonly counts: number[] = [];
  private readonly firstRows: number[] = [];
  private codes = new Int32Array(1024);
  private rows = 0;

  constructor(private readonly name: string) {}

  push(text: string): void {
    let code = this.codeOf.get(text);
    if (code === undefined) {
      code = this.texts.length;
      this.codeOf.set(text, code);
      this.texts.push(text);
      this.counts.push(0);
      this.firstRows.push(this.rows);
    }
    if (this.rows === this.codes.length) {
      const longer = new Int32Array(this.codes.length * 2);
      longer.set(this.codes);
      this.codes = longer;
    }
    this.codes[this.rows] = code;
    this.counts[code] = (this.counts[code] as number) + 1;
    this.rows += 1;
  }

  finish(): TextColumn {
    return {
      name: this.name,
      texts: this.texts,
      codes: this.codes.slice(0, this.rows),
      counts: Int32Array.from(this.counts),
      firstRows: Int32Array.from(this.firstRows),
    };
  }
}
