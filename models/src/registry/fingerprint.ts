import { createHash } from 'node:crypto';
import type { Table } from '../tables/table.js';

/** SHA-256, in hex, of the given parts in their order; typed arrays by their bytes, other things as JSON. */
export function fingerprint(...parts: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (ArrayBuffer.isView(part)) {
      hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    } else {
      hash.update(JSON.stringify(part) ?? 'undefined');
    }
    hash.update('\n');
  }
  return hash.digest('hex');
}

/** Fingerprint of a table's values and of its labels: equal exactly for equal training data. */
export function tableFingerprint(table: Table, labels: ArrayLike<number>): string {
  const parts = table.columns.flatMap((column): unknown[] =>
    column.kind === 'numeric'
      ? [column.name, column.values]
      : [column.name, [...column.levels], column.codes],
  );
  return fingerprint(...parts, Float64Array.from(labels));
}

/** Hash over names and kinds of a table's columns: what a model expects to be handed. */
export function featuresHash(columns: readonly { readonly name: string; readonly kind: string }[]): string {
  return fingerprint(columns.map(({ name, kind }) => [name, kind]));
}
