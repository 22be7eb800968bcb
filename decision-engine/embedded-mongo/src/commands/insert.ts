import { type Doc, docOf } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { withOwnId } from '../update/apply-update.js';
import { type Command, type CommandContext, docsArgument, namespaceOf, reply } from './command.js';
import { checkValidator, storable } from './validation.js';
import { runStatements, waitsForDisk, writeError } from './write-errors.js';

const MAX_STATEMENTS = 100_000;

export const insert: Command = async (command, context) => {
  const ns = namespaceOf(command, 'insert', context);
  const docs = docsArgument(command, 'documents');
  checkCount(docs.length);
  let n = 0;
  const errors: Doc[] = [];
  const answer = (): Doc =>
    reply([
      ['n', n],
      ['writeErrors', errors.length > 0 ? errors : undefined],
    ]);
  await runStatements({
    count: docs.length,
    ordered: command['ordered'] !== false,
    engine: context.catalog.engine,
    durable: waitsForDisk(command),
    now: (at) => {
      insertOne(docs[at] ?? docOf([]), { ns, command, context });
      n++;
      return true;
    },
    slow: () => Promise.resolve(),
    failed: (at, fault) => errors.push(writeError(at, fault)),
    finished: context.remember && (() => context.remember?.(answer())),
  });
  return answer();
};

/** @throws MongoError InvalidLength (16) for no statements, or more than 100,000. */
export function checkCount(count: number): void {
  if (count < 1 || count > MAX_STATEMENTS) {
    throw new MongoError(
      16,
      `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${count} operations.`,
    );
  }
}

/** Stores one document, with an `_id` in front. Needs a transaction. */
export function insertOne(
  doc: Doc,
  { ns, command, context }: { ns: string; command: Doc; context: CommandContext },
): Doc {
  const collection = context.catalog.ensure(ns);
  const stored = withOwnId(doc);
  const bytes = storable(stored);
  checkValidator(collection, stored, command);
  collection.insert(stored, bytes);
  context.server.counters.insert++;
  return stored;
}
