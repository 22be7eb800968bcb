import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAUSE } from '../aggregate/flow.js';
import { encodeDoc } from '../bson/encode.js';
import { type Doc, docOf, type Value } from '../bson/value.js';
import { planFor } from '../planner/plan.js';
import { readRows } from '../planner/read-rows.js';
import { compileFilter } from '../query/compile-filter.js';
import { readSort } from '../query/sort.js';
import { Catalog } from '../storage/catalog.js';
import type { Collection } from '../storage/collection.js';

/** A catalog on a folder of its own, without a server around it. */
export function temporaryCatalog(): { catalog: Catalog; close(): Promise<void> } {
  const dataDir = mkdtempSync(join(tmpdir(), 'segue-catalog-'));
  const catalog = new Catalog(dataDir);
  return {
    catalog,
    close: async () => {
      await catalog.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The `_id`s a plan finds for a filter, in its order when it is sorted; and what kind of plan it was. */
export function idsFound(
  collection: Collection,
  filter: Doc,
  { sort = docOf([]), useIndexes = true }: { sort?: Doc; useIndexes?: boolean } = {},
): { ids: Value[]; plan: string; sorted: boolean } {
  const matcher = compileFilter(filter);
  const plan = planFor({
    collection,
    matcher,
    sort: readSort(sort),
    collation: undefined,
    hint: useIndexes ? undefined : 'natural',
  });
  const ids: Value[] = [];
  for (const row of readRows(collection, plan, { keys: 0, documents: 0 })) {
    if (row !== PAUSE && matcher.test(row.doc)) ids.push(row.doc['_id'] ?? null);
  }
  return { ids, plan: plan.kind, sorted: plan.sorted };
}

export function insertDoc(collection: Collection, doc: Doc): void {
  collection.insert(doc, encodeDoc(doc));
}
