import { type Doc, docOf, isDoc } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { truthy } from '../numeric/number.js';
import type { Collection } from '../storage/collection.js';
import type { Row } from '../storage/row.js';
import { type Command, type CommandContext, docsArgument, namespaceOf, reply } from './command.js';
import { checkCount } from './insert.js';
import { type Selection, selectionOf } from './read-request.js';
import { runStatements, waitsForDisk, writeError } from './write-errors.js';
import { allRowsNow, type Now, oneRowNow, withAllRows, withOneRow } from './write-plan.js';

export const remove: Command = async (command, context) => {
  const ns = namespaceOf(command, 'delete', context);
  const sources = docsArgument(command, 'deletes');
  checkCount(sources.length);
  if (context.catalog.view(ns))
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  let n = 0;
  const errors: Doc[] = [];
  const statementAt = (at: number): { selection: Selection; one: boolean } => {
    const source = sources[at] ?? docOf([]);
    if (!isDoc(source['q'])) {
      throw new MongoError(
        'TypeMismatch',
        "BSON field 'delete.deletes.q' is the wrong type, expected type 'object'",
      );
    }
    if (source['limit'] === undefined)
      throw new MongoError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
    return { selection: deleteSelection(source, ns, { command, context }), one: truthy(source['limit']) };
  };
  const answer = (): Doc =>
    reply([
      ['n', n],
      ['writeErrors', errors.length > 0 ? errors : undefined],
    ]);
  await runStatements({
    count: sources.length,
    ordered: command['ordered'] !== false,
    engine: context.catalog.engine,
    durable: waitsForDisk(command),
    now: (at) => {
      const { selection, one } = statementAt(at);
      const removed = runDeleteNow(selection, ns, { one, context });
      if (removed !== 'slow') n += removed.value;
      return removed !== 'slow';
    },
    slow: async (at) => {
      const { selection, one } = statementAt(at);
      n += await runDelete(selection, ns, { one, context });
    },
    failed: (at, fault) => errors.push(writeError(at, fault)),
    finished: context.remember && (() => context.remember?.(answer())),
  });
  return answer();
};

export function deleteSelection(
  source: Doc,
  ns: string,
  { command, context }: { command: Doc; context: CommandContext },
): Selection {
  return selectionOf(
    {
      filter: source['q'] ?? source['filter'],
      filterName: 'q',
      collation: source['collation'],
      let: command['let'],
      sort: undefined,
      hint: source['hint'],
    },
    { now: context.server.now(), collection: context.catalog.collection(ns) },
  );
}

function removal(ns: string, context: CommandContext) {
  return {
    each: (row: Row, collection: Collection): void => collection.remove(row),
    one: (row: Row | undefined): number => {
      if (!row) return 0;
      context.catalog.collection(ns)?.remove(row);
      return 1;
    },
  };
}

/** Deletes the first match, or all; says how many. */
export async function runDelete(
  selection: Selection,
  ns: string,
  { one, context }: { one: boolean; context: CommandContext },
): Promise<number> {
  const act = removal(ns, context);
  context.server.counters.delete++;
  return one
    ? withOneRow(ns, { context, selection, act: act.one })
    : withAllRows(ns, { context, selection, act: act.each });
}

/** The same inside an open transaction, unless it would take long. */
export function runDeleteNow(
  selection: Selection,
  ns: string,
  { one, context }: { one: boolean; context: CommandContext },
): Now<number> {
  const act = removal(ns, context);
  return one
    ? oneRowNow(ns, { context, selection, act: act.one })
    : allRowsNow(ns, { context, selection, act: act.each });
}
