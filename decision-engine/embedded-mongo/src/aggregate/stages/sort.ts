import type { Doc } from '../../bson/value.js';
import { MongoError } from '../../errors.js';
import { compareValues } from '../../order/compare.js';
import { readSort, sortKey } from '../../query/sort.js';
import { PAUSE, type PipelineContext, type Stage } from '../flow.js';
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
  const compare = (a: Entry, b: Entry): number => {
    for (const [i, field] of fields.entries()) {
      const order = compareValues(a.keys[i], b.keys[i], context.text);
      if (order !== 0) return order * field.direction;
    }
    return a.at - b.at;
  };
  return function* (input) {
    let entries: Entry[] = [];
    let at = 0;
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      entries.push({ doc: item, keys: fields.map((field) => sortKey(item, field, context.text)), at: at++ });
      if (limit !== undefined && entries.length > 2 * limit + 1000)
        entries = entries.sort(compare).slice(0, limit);
      if (entries.length > MAX_SORTED) {
        throw new MongoError(
          'QueryExceededMemoryLimitNoDiskUseAllowed',
          'Sort exceeded memory limit: this server does not sort on disk. Add an index or a limit.',
        );
      }
    }
    entries.sort(compare);
    for (const entry of limit === undefined ? entries : entries.slice(0, limit)) yield entry.doc;
  };
}

interface Entry {
  readonly doc: Doc;
  readonly keys: readonly ReturnType<typeof sortKey>[];
  readonly at: number;
}
