import { type Doc, docOf, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { truthy } from '../numeric/number.js';
import {
  type Command,
  type CommandContext,
  countArgument,
  docArgument,
  docsArgument,
  reply,
} from './command.js';
import { deleteSelection, runDelete, runDeleteNow } from './delete.js';
import { checkCount, insertOne } from './insert.js';
import { checkSystemWrite } from './namespace-rules.js';
import { readUpdateStatement, runUpdate, runUpdateNow, type UpdateOutcome } from './update.js';
import { runStatements, waitsForDisk } from './write-errors.js';

interface Totals {
  nErrors: number;
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

/** The `bulkWrite` command of MongoDB 8.0: writes to several namespaces in one command. */
export const bulkWrite: Command = async (command, context) => {
  const ops = docsArgument(command, 'ops');
  checkCount(ops.length);
  const namespaces = docsArgument(command, 'nsInfo').map(({ ns }) => String(ns));
  for (const ns of namespaces) checkSystemWrite(ns);
  const totals: Totals = { nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
  const results: Doc[] = [];
  const errorsOnly = truthy(command['errorsOnly']);
  const done = (idx: number, outcome: [string, Value][]): void => {
    if (!errorsOnly) results.push(docOf([['ok', 1], ['idx', idx], ...outcome]));
  };
  await runStatements({
    count: ops.length,
    ordered: command['ordered'] !== false,
    engine: context.catalog.engine,
    durable: waitsForDisk(command),
    now: (idx) => {
      const outcome = runNow(ops[idx] ?? docOf([]), namespaces, { command, context, totals });
      if (outcome !== 'slow') done(idx, outcome);
      return outcome !== 'slow';
    },
    slow: async (idx) =>
      done(idx, await runSlow(ops[idx] ?? docOf([]), namespaces, { command, context, totals })),
    failed: (idx, fault) => {
      totals.nErrors++;
      const info = Object.entries(fault.info);
      results.push(
        docOf([['ok', 0], ['idx', idx], ['code', fault.code], ['errmsg', fault.message], ...info, ['n', 0]]),
      );
    },
  });
  const cursor = context.cursors.create('admin.$cmd.bulkWrite', results, { owner: context.client.id });
  const size = countArgument(docArgument(command, 'cursor') ?? docOf([]), 'batchSize');
  const firstBatch = await cursor.batch({ size, deadline: undefined });
  if (size === undefined || firstBatch.length < size) cursor.done = true;
  if (!cursor.done) context.cursors.keep(cursor);
  return reply([
    [
      'cursor',
      docOf([
        ['id', cursor.done ? 0n : cursor.id],
        ['firstBatch', firstBatch],
        ['ns', 'admin.$cmd.bulkWrite'],
      ]),
    ],
    ...Object.entries(totals),
  ]);
};

interface Running {
  readonly command: Doc;
  readonly context: CommandContext;
  readonly totals: Totals;
}

function namespaceAt(index: Value | undefined, namespaces: readonly string[]): string {
  const ns = namespaces[Number(index)];
  if (ns === undefined)
    throw new MongoError('BadValue', `BulkWrite ops entry has an invalid nsInfo index: ${String(index)}`);
  return ns;
}

type Outcome = [string, Value][];

function runNow(op: Doc, namespaces: readonly string[], running: Running): Outcome | 'slow' {
  const { command, context, totals } = running;
  if (op['insert'] !== undefined) {
    const ns = namespaceAt(op['insert'], namespaces);
    insertOne(docArgument(op, 'document') ?? docOf([]), { ns, command, context });
    totals.nInserted++;
    return [['n', 1]];
  }
  if (op['update'] !== undefined) {
    const ns = namespaceAt(op['update'], namespaces);
    const outcome = runUpdateNow(updateStatement(op, ns, running), ns, { command, context });
    return outcome === 'slow' ? 'slow' : updated(outcome.value, totals);
  }
  if (op['delete'] !== undefined) {
    const ns = namespaceAt(op['delete'], namespaces);
    const outcome = runDeleteNow(deleteSelection(op, ns, running), ns, {
      one: !truthy(op['multi']),
      context,
    });
    return outcome === 'slow' ? 'slow' : deleted(outcome.value, totals);
  }
  throw new MongoError('FailedToParse', 'BulkWrite op is neither an insert, an update nor a delete');
}

async function runSlow(op: Doc, namespaces: readonly string[], running: Running): Promise<Outcome> {
  const { command, context, totals } = running;
  if (op['update'] !== undefined) {
    const ns = namespaceAt(op['update'], namespaces);
    return updated(await runUpdate(updateStatement(op, ns, running), ns, { command, context }), totals);
  }
  const ns = namespaceAt(op['delete'], namespaces);
  const selection = deleteSelection(op, ns, running);
  return deleted(await runDelete(selection, ns, { one: !truthy(op['multi']), context }), totals);
}

function updated({ matched, modified, upserted }: UpdateOutcome, totals: Totals): Outcome {
  totals.nMatched += matched;
  totals.nModified += modified;
  if (upserted === undefined) {
    return [
      ['n', matched],
      ['nModified', modified],
    ];
  }
  totals.nUpserted++;
  return [
    ['n', 1],
    ['nModified', 0],
    ['upserted', docOf([['_id', upserted]])],
  ];
}

function deleted(n: number, totals: Totals): Outcome {
  totals.nDeleted += n;
  return [['n', n]];
}

function updateStatement(op: Doc, ns: string, { command, context }: Running) {
  if (!isDoc(op['filter']))
    throw new MongoError(
      'TypeMismatch',
      "BSON field 'bulkWrite.ops.filter' is the wrong type, expected type 'object'",
    );
  return readUpdateStatement(
    {
      filter: op['filter'],
      update: op['updateMods'],
      multi: truthy(op['multi']),
      upsert: truthy(op['upsert']),
      arrayFilters: op['arrayFilters'],
      collation: op['collation'],
      let: command['let'],
      constants: op['constants'],
      sort: op['sort'],
      hint: op['hint'],
    },
    ns,
    context,
  );
}
