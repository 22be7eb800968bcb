import type { Doc } from '../bson/value.js';
import { MongoError } from '../errors.js';
import type { Catalog } from '../storage/catalog.js';
import type { Collection } from '../storage/collection.js';
import type { Index } from '../storage/index.js';

/** MongoDB's bound, the one on `_id` counted. */
const MAX_INDEXES = 64;
/** How long a piece of the work holds up others. */
const SLICE_MS = 10;

/** The end of the last build of a collection: one index is built at a time. */
const builds = new WeakMap<Collection, Promise<void>>();

export interface IndexBuild {
  readonly collection: Collection;
  readonly spec: Doc;
  readonly catalog: Catalog;
  /** Whether the index is there already. @throws MongoError when one like it is there with other options. */
  exists(): boolean;
}

/**
 * Builds an index in small transactions, between which others are served. Writes keep the unfinished index up to
 * date; it is read and listed once it is whole.
 * @throws MongoError DuplicateKey (11000) and others, and then there is no index.
 */
export function buildIndex(build: IndexBuild): Promise<void> {
  const before = builds.get(build.collection) ?? Promise.resolve();
  const done = before.then(() => run(build));
  builds.set(
    build.collection,
    done.catch(() => undefined),
  );
  return done;
}

async function run({ collection, spec, catalog, exists }: IndexBuild): Promise<void> {
  if (exists()) return;
  if (collection.indexes.length >= MAX_INDEXES)
    throw new MongoError('CannotCreateIndex', `add index fails, too many indexes for ${collection.ns}`);
  const { engine } = catalog;
  let after: number | undefined;
  const index = await engine.write(() => {
    checkThere(collection, catalog);
    const begun = catalog.beginIndex(collection, spec);
    return guarded(begun, () => fill(begun));
  });
  function fill(begun: Index): Index | undefined {
    const end = performance.now() + SLICE_MS;
    do {
      const rows = collection.chunk(after, false);
      for (const row of rows) addRow(begun, row, collection.ns);
      const last = rows.at(-1);
      if (!last) {
        catalog.finishIndex(collection, begun);
        return undefined;
      }
      after = last.record;
    } while (performance.now() < end);
    return begun;
  }
  function guarded<T>(begun: Index, action: () => T): T {
    try {
      return action();
    } catch (fault) {
      catalog.abandonIndex(collection, begun);
      throw fault;
    }
  }
  for (let unfinished = index; unfinished; ) {
    const begun: Index = unfinished;
    unfinished = await engine.write(() =>
      guarded(begun, () => {
        checkThere(collection, catalog);
        return fill(begun);
      }),
    );
  }
}

function checkThere(collection: Collection, catalog: Catalog): void {
  if (collection.dropped || catalog.collection(collection.ns) !== collection)
    throw new MongoError('IndexBuildAborted', `Index build aborted: ${collection.ns} was dropped`);
}

function addRow(index: Index, row: { readonly doc: Doc; readonly record: number }, ns: string): void {
  const entries = index.entries(row.doc);
  index.checkUnique(entries, { record: row.record, ns });
  for (const entry of entries) index.add(entry, row.record);
}
