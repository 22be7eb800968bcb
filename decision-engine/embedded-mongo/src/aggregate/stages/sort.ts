import type { Doc } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { type CompareText, compareValues } from '../../order/compare.js';
import { readSort, type SortField, sortKey } from '../../query/sort.js';
import { PAUSE, type Pause, type PipelineContext, type Stage } from '../flow.js';
import { docOperand, type StageCompiler } from './compiler.js';

/** How many documents a sort holds. Beyond it MongoDB writes to disk; this server answers with MongoDB's error. */
const MAX_SORTED = 2_000_000;

export const sortStage: StageCompiler = (operand, context) => {
  const sort = docOperand(operand, '$sort', 15973);
  return sorting(sort, context, undefined);
};

/** Sorts; with a limit only the first documents are kept in memory. */
export function sorting(sort: Doc, context: Pick<PipelineContext, 'text'>, limit: number | undefined): Stage {
  const fields = readSort(sort);
  return (input) => sortItems(input, (doc: Doc) => doc, { fields, text: context.text, limit });
}

/** Sorts items by the documents they stand for. */
export function* sortItems<T>(
  input: Iterable<T | Pause>,
  docOf: (item: T) => Doc,
  { fields, text, limit }: { fields: readonly SortField[]; text: CompareText; limit: number | undefined },
): Generator<T | Pause> {
  const compare = (a: Entry<T>, b: Entry<T>): number => {
    for (const [i, field] of fields.entries()) {
      const order = compareValues(a.keys[i], b.keys[i], text);
      if (order !== 0) return order * field.direction;
    }
    return a.at - b.at;
  };
  let entries: Entry<T>[] = [];
  let worst: Entry<T> | undefined;
  let at = 0;
  for (const item of input) {
    if (item === PAUSE) {
      yield PAUSE;
      continue;
    }
    const doc = docOf(item);
    const entry = { item, keys: fields.map((field) => sortKey(doc, field, text)), at: at++ };
    if (worst && compare(entry, worst) > 0) continue;
    entries.push(entry);
    if (limit !== undefined && entries.length > 2 * limit + 1000) {
      entries = entries.sort(compare).slice(0, limit);
      worst = entries.at(-1);
    }
    if (entries.length > MAX_SORTED) {
      throw new MongoError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        'Sort exceeded memory limit: this server does not sort on disk. Add an index or a limit.',
      );
    }
  }
  entries.sort(compare);
  for (const entry of limit === undefined ? entries : entries.slice(0, limit)) yield entry.item;
}

interface Entry<T> {
  readonly item: T;
  readonly keys: readonly ReturnType<typeof sortKey>[];
  readonly at: number;
}
