import { PAUSE, type Pause } from '../aggregate/flow.js';
import type { Collection } from '../storage/collection.js';
import { spaceKey } from '../storage/keys.js';
import type { Row } from '../storage/row.js';
import type { Plan } from './plan.js';

/** Index entries read at a time: few at first, because a limit often ends the reading early. */
const FIRST_CHUNK = 16;
const CHUNK = 200;

/** What a read has looked at, for `explain`. */
export interface ReadCounters {
  keys: number;
  documents: number;
}

/**
 * The rows of a plan, read in small pieces: between two pieces nothing of the database is held, so that a cursor may
 * stay open as long as it likes, and a PAUSE is handed out so that others get their turn.
 */
export function* readRows(
  collection: Collection,
  plan: Plan,
  counters: ReadCounters,
): Generator<Row | Pause> {
  switch (plan.kind) {
    case 'scan':
      yield* scanRows(collection, plan.reverse, counters);
      return;
    case 'point': {
      const record = plan.index.find(plan.value);
      counters.keys++;
      const row = record === undefined ? undefined : collection.get(record);
      if (!row) return;
      counters.documents++;
      yield row;
      return;
    }
    case 'index':
      yield* indexRows(collection, plan, counters);
      return;
    case 'union': {
      const seen = new Set<number>();
      for (const inner of plan.plans) {
        for (const row of readRows(collection, inner, counters)) {
          if (row === PAUSE) yield PAUSE;
          else if (!seen.has(row.record)) {
            seen.add(row.record);
            yield row;
          }
        }
      }
    }
  }
}

function* scanRows(collection: Collection, reverse: boolean, counters: ReadCounters): Generator<Row | Pause> {
  let after: number | undefined;
  while (!collection.dropped) {
    const rows = collection.chunk(after, reverse);
    const last = rows[rows.length - 1];
    if (!last) return;
    after = last.record;
    counters.documents += rows.length;
    yield* rows;
    yield PAUSE;
  }
}

function* indexRows(
  collection: Collection,
  plan: Extract<Plan, { kind: 'index' }>,
  counters: ReadCounters,
): Generator<Row | Pause> {
  const { index, reverse } = plan;
  const seen = index.state.arrays === 0 ? undefined : new Set<number>();
  const whole = { start: spaceKey(index.space), end: spaceKey(index.space + 1) };
  const bounds = plan.ranges.length === 0 ? (plan.score > 0 ? [] : [whole]) : plan.ranges;
  const ranges = reverse ? [...bounds].reverse() : bounds;
  for (const range of ranges) {
    let { start, end } = range;
    let limit = FIRST_CHUNK;
    while (!collection.dropped && Buffer.compare(start, end) < 0) {
      const entries = index.read({ start, end, reverse, limit });
      counters.keys += entries.length;
      for (const { record } of entries) {
        if (seen?.has(record)) continue;
        seen?.add(record);
        const row = collection.get(record);
        if (!row) continue;
        counters.documents++;
        yield row;
      }
      const last = entries[entries.length - 1];
      if (!last || entries.length < limit) break;
      limit = CHUNK;
      if (reverse) end = last.key;
      else start = Buffer.concat([last.key, ZERO]);
      yield PAUSE;
    }
  }
}

const ZERO = Buffer.alloc(1);
