import { type Doc, docOf, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { truthy } from '../numeric/number.js';
import { compileFindProjection } from '../query/find-projection.js';
import { type Command, type CommandContext, docArgument, namespaceOf, reply } from './command.js';
import { insertOne } from './insert.js';
import { selectionOf } from './read-request.js';
import { applyToRow, readUpdateStatement } from './update.js';
import { withOneRow } from './write-plan.js';

/** What became of the one document: the answer and `lastErrorObject`. */
interface Outcome {
  readonly value: Doc | null;
  readonly n: number;
  readonly updatedExisting?: boolean;
  readonly upserted?: Value;
}

export const findAndModify: Command = async (command, context) => {
  const ns = namespaceOf(
    command,
    command['findAndModify'] === undefined ? 'findandmodify' : 'findAndModify',
    context,
  );
  if (context.catalog.view(ns))
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  const removing = truthy(command['remove']);
  checkOptions(command, removing);
  return answerTo(removing ? await removeOne(command, ns, context) : await updateOne(command, ns, context));
};

function answerTo(outcome: Outcome): Doc {
  const last = docOf([
    ['n', outcome.n],
    ['updatedExisting', outcome.updatedExisting],
    ['upserted', outcome.upserted],
  ]);
  return reply([
    ['lastErrorObject', last],
    ['value', outcome.value],
  ]);
}

/** Runs inside the transaction, where the answer of a numbered write is stored. */
function remembered(outcome: Outcome, { remember }: CommandContext): Outcome {
  remember?.(answerTo(outcome));
  return outcome;
}

function checkOptions(command: Doc, removing: boolean): void {
  const { update } = command;
  if (removing && update !== undefined)
    throw new MongoError('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  if (!removing && update === undefined)
    throw new MongoError('FailedToParse', "Either an 'update' or 'remove'=true must be specified");
  if (removing && truthy(command['upsert']))
    throw new MongoError('FailedToParse', "Cannot specify both 'upsert'=true and 'remove'=true");
  if (removing && truthy(command['new']))
    throw new MongoError(
      'FailedToParse',
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  const { sort } = command;
  if (sort !== undefined && sort !== null && !isDoc(sort))
    throw new MongoError(
      'TypeMismatch',
      "BSON field 'findAndModify.sort' is the wrong type, expected type 'object'",
    );
}

const removeOne = async (command: Doc, ns: string, context: Parameters<Command>[1]): Promise<Outcome> => {
  const selection = selectionOf(
    {
      filter: command['query'],
      filterName: 'query',
      collation: command['collation'],
      let: command['let'],
      sort: command['sort'],
      hint: command['hint'],
    },
    { now: context.server.now(), collection: context.catalog.collection(ns) },
  );
  const project = compileFindProjection(docArgument(command, 'fields'), selection);
  return withOneRow(ns, {
    context,
    selection,
    act: (row): Outcome => {
      if (!row) return { value: null, n: 0 };
      const value = project ? project(row.doc) : row.doc;
      context.catalog.collection(ns)?.remove(row);
      return remembered({ value, n: 1 }, context);
    },
  });
};

const updateOne = async (command: Doc, ns: string, context: Parameters<Command>[1]): Promise<Outcome> => {
  const statement = readUpdateStatement(
    {
      filter: command['query'],
      update: command['update'],
      multi: false,
      upsert: truthy(command['upsert']),
      arrayFilters: command['arrayFilters'],
      collation: command['collation'],
      let: command['let'],
      constants: undefined,
      sort: command['sort'],
      hint: command['hint'],
    },
    ns,
    context,
  );
  const { selection } = statement;
  const project = compileFindProjection(docArgument(command, 'fields'), selection) ?? ((doc: Doc) => doc);
  const after = truthy(command['new']);
  return withOneRow(ns, {
    context,
    selection,
    act: (row): Outcome => {
      if (row) {
        const before = after ? undefined : project(row.doc);
        const collection = context.catalog.ensure(ns);
        const { doc } = applyToRow(row, statement, { collection, command });
        return remembered({ value: before ?? project(doc), n: 1, updatedExisting: true }, context);
      }
      if (!statement.upsert) return { value: null, n: 0, updatedExisting: false };
      const stored = insertOne(statement.upserted(), { ns, command, context });
      const upserted = stored['_id'] ?? null;
      const value = after ? project(stored) : null;
      return remembered({ value, n: 1, updatedExisting: false, upserted }, context);
    },
  });
};
