import { type Doc, isDoc } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { truthy } from '../numeric/number.js';
import { type Command, type CommandContext, docsArgument, namespaceOf, reply } from './command.js';
import { checkCount } from './insert.js';
import { type Selection, selectionOf } from './read-request.js';
import { runStatements } from './write-errors.js';
import { withAllRows, withOneRow } from './write-plan.js';

export const remove: Command = async (command, context) => {
  const ns = namespaceOf(command, 'delete', context);
  const statements = docsArgument(command, 'deletes');
  checkCount(statements.length);
  if (context.catalog.view(ns))
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  let n = 0;
  const errors = await runStatements(statements.length, {
    ordered: command['ordered'] !== false,
    run: async (at) => {
      const source = statements[at];
      if (!source) return;
      if (!isDoc(source['q']))
        throw new MongoError(
          'TypeMismatch',
          "BSON field 'delete.deletes.q' is the wrong type, expected type 'object'",
        );
      if (source['limit'] === undefined)
        throw new MongoError(40414, "BSON field 'delete.deletes.limit' is missing but a required field");
      const selection = deleteSelection(source, ns, { command, context });
      n += await runDelete(selection, ns, { one: truthy(source['limit']), context });
    },
  });
  return reply([
    ['n', n],
    ['writeErrors', errors.length > 0 ? errors : undefined],
  ]);
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

/** Deletes the first match, or all; says how many. */
export async function runDelete(
  selection: Selection,
  ns: string,
  { one, context }: { one: boolean; context: CommandContext },
): Promise<number> {
  context.server.counters.delete++;
  if (!one) return withAllRows(ns, { context, selection, act: (row, collection) => collection.remove(row) });
  return withOneRow(ns, {
    context,
    selection,
    act: (row) => {
      if (!row) return 0;
      context.catalog.collection(ns)?.remove(row);
      return 1;
    },
  });
}
