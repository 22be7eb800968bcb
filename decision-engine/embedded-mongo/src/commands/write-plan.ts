import { PAUSE } from '../aggregate/flow.js';
import { compareValues } from '../order/compare.js';
import type { Plan } from '../planner/plan.js';
import { readRows } from '../planner/read-rows.js';
import { sortKey } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import type { Row } from '../storage/row.js';
import type { CommandContext } from './command.js';
import { planOf, type Selection } from './read-request.js';

/** A scan of more documents than this is done in slices, before the transaction, and checked again inside it. */
const DIRECT = 2000;
const SLICE_MS = 8;
/** Documents changed in one transaction by a write to many. */
const STEP = 500;

/** Reads no more of the document than the filter asks for. */
function matches(row: Row, { matcher }: Selection): boolean {
  return matcher.test(row.view(matcher.fields));
}

/** The first row in the order of the selection. */
export function firstRow(
  collection: Collection,
  selection: Selection,
  plan = planOf(selection, collection),
): Row | undefined {
  if (plan.kind === 'point') {
    const record = plan.index.find(plan.value);
    const row = record === undefined ? undefined : collection.get(record);
    return row && matches(row, selection) ? row : undefined;
  }
  const sorted = selection.sort.length === 0 || plan.sorted;
  let best: Row | undefined;
  for (const row of readRows(collection, plan, { keys: 0, documents: 0 })) {
    if (row === PAUSE || !matches(row, selection)) continue;
    if (sorted) return row;
    if (!best || compareRows(row, best, selection) < 0) best = row;
  }
  return best;
}

function compareRows(a: Row, b: Row, { sort, text }: Selection): number {
  for (const field of sort) {
    const order = compareValues(sortKey(a.doc, field, text), sortKey(b.doc, field, text), text);
    if (order !== 0) return order * field.direction;
  }
  return 0;
}

/** Whether finding the rows of a plan may take long. */
function isLong(plan: Plan, collection: Collection): boolean {
  return (
    collection.counters.count > DIRECT &&
    (plan.kind === 'scan' || !plan.sorted || (plan.kind === 'index' && plan.score === 0))
  );
}

/** The records that match, found without holding up others. They have to be tested again when they are changed. */
async function matchingRecords(
  collection: Collection,
  selection: Selection,
  limit: number,
): Promise<number[]> {
  const plan = planOf(selection, collection);
  const records: number[] = [];
  let end = performance.now() + SLICE_MS;
  for (const row of readRows(collection, plan, { keys: 0, documents: 0 })) {
    if (row === PAUSE) {
      if (performance.now() > end) {
        await new Promise((resolve) => setImmediate(resolve));
        end = performance.now() + SLICE_MS;
      }
    } else if (matches(row, selection)) {
      records.push(row.record);
      if (records.length === limit) break;
    }
  }
  return records;
}

/**
 * Does something with the one row a write is about, alone and in a transaction. On a large collection without an
 * index the row is looked for first and checked again inside, so that others are not held up by the scan.
 */
export async function withOneRow<T>(
  ns: string,
  {
    context,
    selection,
    act,
  }: { context: CommandContext; selection: Selection; act(row: Row | undefined): T },
): Promise<T> {
  const { catalog } = context;
  for (;;) {
    const collection = catalog.collection(ns);
    const plan = collection && planOf(selection, collection);
    const long = collection && plan && selection.sort.length === 0 && isLong(plan, collection);
    const [record] = long ? await matchingRecords(collection, selection, 1) : [];
    const outcome = await catalog.engine.write((): { value: T } | 'again' => {
      const current = catalog.collection(ns);
      if (!current) return { value: act(undefined) };
      if (record === undefined) return { value: act(long ? undefined : firstRow(current, selection)) };
      const row = current.get(record);
      return row && matches(row, selection) ? { value: act(row) } : 'again';
    });
    if (outcome !== 'again') return outcome.value;
  }
}

/** Does something with every matching row, some hundred in a transaction. */
export async function withAllRows(
  ns: string,
  {
    context,
    selection,
    act,
  }: { context: CommandContext; selection: Selection; act(row: Row, collection: Collection): void },
): Promise<number> {
  const { catalog } = context;
  const collection = catalog.collection(ns);
  if (!collection) {
    return catalog.engine.write(() => 0);
  }
  const records = await matchingRecords(collection, selection, Number.POSITIVE_INFINITY);
  let count = 0;
  for (let at = 0; at < Math.max(1, records.length); at += STEP) {
    count += await catalog.engine.write(() => {
      let done = 0;
      for (const record of records.slice(at, at + STEP)) {
        const row = collection.dropped ? undefined : collection.get(record);
        if (!row || !matches(row, selection)) continue;
        act(row, collection);
        done++;
      }
      return done;
    });
  }
  return count;
}

/** What a write inside a transaction came to, or that it would take long there. */
export type Now<T> = { readonly value: T } | 'slow';

/** Like {@link withOneRow}, inside a transaction that is open. */
export function oneRowNow<T>(
  ns: string,
  {
    context,
    selection,
    act,
  }: { context: CommandContext; selection: Selection; act(row: Row | undefined): T },
): Now<T> {
  const collection = context.catalog.collection(ns);
  if (!collection) return { value: act(undefined) };
  const plan = planOf(selection, collection);
  if (isLong(plan, collection)) return 'slow';
  return { value: act(firstRow(collection, selection, plan)) };
}

/** Like {@link withAllRows}, inside a transaction that is open: the rows are found before the first is changed. */
export function allRowsNow(
  ns: string,
  {
    context,
    selection,
    act,
  }: { context: CommandContext; selection: Selection; act(row: Row, collection: Collection): void },
): Now<number> {
  const collection = context.catalog.collection(ns);
  if (!collection) return { value: 0 };
  const plan = planOf(selection, collection);
  if (isLong(plan, collection)) return 'slow';
  const rows: Row[] = [];
  for (const row of readRows(collection, plan, { keys: 0, documents: 0 })) {
    if (row === PAUSE || !matches(row, selection)) continue;
    rows.push(row);
    if (rows.length > STEP) return 'slow';
  }
  for (const row of rows) act(row, collection);
  return { value: rows.length };
}
