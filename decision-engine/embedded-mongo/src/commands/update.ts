import { letVariables } from '../aggregate/expression.js';
import { decodeDoc } from '../bson/decode.js';
import { encodeDoc } from '../bson/encode.js';
import { splice } from '../bson/splice.js';
import { type Doc, docOf, isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { truthy } from '../numeric/number.js';
import { typeOf } from '../query/type-names.js';
import { type Collection, checkSize } from '../storage/collection.js';
import type { Row } from '../storage/row.js';
import { compileUpdate } from '../update/apply-update.js';
import { readArrayFilters } from '../update/array-paths.js';
import { matchedPosition } from '../update/matched-position.js';
import { parseUpdate, type Update } from '../update/parse-update.js';
import { partToChange, touchedFields } from '../update/touched-fields.js';
import { upsertedDoc } from '../update/upsert.js';
import { type Command, type CommandContext, docsArgument, namespaceOf, reply } from './command.js';
import { checkCount, insertOne } from './insert.js';
import { type Selection, selectionOf } from './read-request.js';
import { checkValidator, storable } from './validation.js';
import { runStatements, waitsForDisk, writeError } from './write-errors.js';
import { allRowsNow, type Now, oneRowNow, withAllRows, withOneRow } from './write-plan.js';

/** One update, ready to run. */
export interface UpdateStatement {
  readonly selection: Selection;
  readonly update: Update;
  readonly multi: boolean;
  readonly upsert: boolean;
  /** The changed document; the given one stays. */
  apply(doc: Doc): Doc;
  /** The document to insert when nothing matches. */
  upserted(): Doc;
  /** The top-level fields `apply` looks at and changes; undefined where that may be any. */
  readonly touched: ReadonlySet<string> | undefined;
}

/** The fields an update statement is made of. */
export interface UpdateSource {
  readonly filter: Maybe;
  readonly update: Maybe;
  readonly multi: boolean;
  readonly upsert: boolean;
  readonly arrayFilters: Maybe;
  readonly collation: Maybe;
  readonly let: Maybe;
  readonly constants: Maybe;
  readonly sort: Maybe;
  readonly hint: Maybe;
}

export function readUpdateStatement(
  source: UpdateSource,
  ns: string,
  context: CommandContext,
): UpdateStatement {
  const now = context.server.now();
  const collection = context.catalog.collection(ns);
  const selection = selectionOf({ ...source, filterName: 'q' }, { now, collection });
  const update = parseUpdate(source.update);
  if (update.kind === 'replace' && source.multi) {
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  }
  if (source.arrayFilters !== undefined && update.kind !== 'change') {
    throw new MongoError(
      'FailedToParse',
      `arrayFilters may not be specified for ${update.kind === 'pipeline' ? 'pipeline' : 'replacement'}-style updates`,
    );
  }
  if (source.constants !== undefined && update.kind !== 'pipeline') {
    throw new MongoError(51198, 'Constant values may only be specified for pipeline updates');
  }
  const filters = readArrayFilters(source.arrayFilters, selection.text);
  for (const name of filters.keys()) {
    if (update.kind === 'change' && !update.changes.some(({ parts }) => parts.includes(`$[${name}]`))) {
      throw new MongoError(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
    }
  }
  const variables = new Map([...selection.variables, ...letVariables(source.constants)]);
  const shared = {
    now,
    filters,
    variables,
    matched: (doc: Doc) => matchedPosition(selection.matcher.node, doc),
  };
  const apply = compileUpdate(update, { ...shared, inserting: false });
  const applyInserting = compileUpdate(update, { ...shared, inserting: true, matched: () => undefined });
  return {
    selection,
    update,
    multi: source.multi,
    upsert: source.upsert,
    apply,
    upserted: () => upsertedDoc(update, selection.matcher.node, applyInserting),
    touched: touchedFields(update),
  };
}

/** Changes one stored document. Says whether its bytes changed. Needs a transaction. */
export function applyToRow(
  row: Row,
  statement: UpdateStatement,
  { collection, command }: { collection: Collection; command: Doc },
): { readonly doc: Doc; readonly changed: boolean } {
  const known = statement.touched && partToChange(collection, statement.touched);
  if (known) {
    const before = row.view(known);
    const after = statement.apply(before);
    const bytes = checkSize(splice(row.bytes, encodeDoc(after), known));
    return changeTo({ row, before, after, bytes, collection });
  }
  const after = statement.apply(row.doc);
  const bytes = storable(after);
  if (!bytes.equals(row.bytes)) checkValidator(collection, after, command);
  return changeTo({ row, before: row.doc, after, bytes, collection });
}

function changeTo({
  row,
  before,
  after,
  bytes,
  collection,
}: {
  row: Row;
  before: Doc;
  after: Doc;
  bytes: Buffer;
  collection: Collection;
}): { readonly doc: Doc; readonly changed: boolean } {
  const changed = !bytes.equals(row.bytes);
  if (changed) collection.replace(row, { before, after, bytes });
  return {
    changed,
    get doc() {
      return decodeDoc(bytes);
    },
  };
}

export interface UpdateOutcome {
  matched: number;
  modified: number;
  upserted?: Value;
}

/** What an update does with the rows it finds. */
function actions(
  statement: UpdateStatement,
  ns: string,
  { command, context }: { command: Doc; context: CommandContext },
) {
  let modified = 0;
  return {
    modified: () => modified,
    each: (row: Row, collection: Collection): void => {
      if (applyToRow(row, statement, { collection, command }).changed) modified++;
    },
    one: (row: Row | undefined): UpdateOutcome => {
      if (row) {
        const collection = context.catalog.ensure(ns);
        return { matched: 1, modified: applyToRow(row, statement, { collection, command }).changed ? 1 : 0 };
      }
      if (!statement.upsert) return { matched: 0, modified: 0 };
      const stored = insertOne(statement.upserted(), { ns, command, context });
      return { matched: 0, modified: 0, upserted: stored['_id'] ?? null };
    },
  };
}

/** Runs one update statement in transactions of its own. */
export async function runUpdate(
  statement: UpdateStatement,
  ns: string,
  { command, context }: { command: Doc; context: CommandContext },
): Promise<UpdateOutcome> {
  const { selection } = statement;
  const { each, one, modified } = actions(statement, ns, { command, context });
  if (statement.multi) {
    const matched = await withAllRows(ns, { context, selection, act: each });
    if (matched > 0 || !statement.upsert) return { matched, modified: modified() };
  }
  return withOneRow(ns, { context, selection, act: one });
}

/** Runs one update statement inside an open transaction, unless it would take long. */
export function runUpdateNow(
  statement: UpdateStatement,
  ns: string,
  { command, context }: { command: Doc; context: CommandContext },
): Now<UpdateOutcome> {
  const { selection } = statement;
  const { each, one, modified } = actions(statement, ns, { command, context });
  if (statement.multi) {
    const matched = allRowsNow(ns, { context, selection, act: each });
    if (matched === 'slow') return 'slow';
    if (matched.value > 0 || !statement.upsert)
      return { value: { matched: matched.value, modified: modified() } };
  }
  return oneRowNow(ns, { context, selection, act: one });
}

export const update: Command = async (command, context) => {
  const ns = namespaceOf(command, 'update', context);
  const sources = docsArgument(command, 'updates');
  checkCount(sources.length);
  if (context.catalog.view(ns))
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  let [n, modified] = [0, 0];
  const upserted: Doc[] = [];
  const errors: Doc[] = [];
  const statementAt = (at: number): UpdateStatement =>
    readUpdateStatement(updateSource(sources[at] ?? docOf([]), command), ns, context);
  const take = (at: number, outcome: UpdateOutcome): void => {
    context.server.counters.update++;
    n += outcome.upserted === undefined ? outcome.matched : 1;
    modified += outcome.modified;
    if (outcome.upserted === undefined) return;
    upserted.push(
      docOf([
        ['index', at],
        ['_id', outcome.upserted],
      ]),
    );
  };
  const answer = (): Doc =>
    reply([
      ['n', n],
      ['upserted', upserted.length > 0 ? upserted : undefined],
      ['nModified', modified],
      ['writeErrors', errors.length > 0 ? errors : undefined],
    ]);
  await runStatements({
    count: sources.length,
    ordered: command['ordered'] !== false,
    engine: context.catalog.engine,
    durable: waitsForDisk(command),
    now: (at) => {
      const outcome = runUpdateNow(statementAt(at), ns, { command, context });
      if (outcome !== 'slow') take(at, outcome.value);
      return outcome !== 'slow';
    },
    slow: async (at) => take(at, await runUpdate(statementAt(at), ns, { command, context })),
    failed: (at, fault) => errors.push(writeError(at, fault)),
    finished: context.remember && (() => context.remember?.(answer())),
  });
  return answer();
};

const FIELDS = new Set([
  'q',
  'u',
  'c',
  'upsert',
  'multi',
  'collation',
  'arrayFilters',
  'hint',
  'sort',
  'upsertSupplied',
  'sampleId',
  'allowShardKeyUpdatesWithoutFullShardKeyInQuery',
]);

function updateSource(source: Doc, command: Doc): UpdateSource {
  for (const key of Object.keys(source)) {
    if (!FIELDS.has(key))
      throw new MongoError(40415, `BSON field 'update.updates.${key}' is an unknown field.`);
  }
  if (!isDoc(source['q']))
    throw new MongoError(
      source['q'] === undefined ? 40414 : 'TypeMismatch',
      `BSON field 'update.updates.q' is the wrong type '${typeOf(source['q'])}', expected type 'object'`,
    );
  const multi = truthy(source['multi']);
  if (multi && source['sort'] !== undefined)
    throw new MongoError('FailedToParse', 'Cannot specify sort with multi=true');
  return {
    filter: source['q'],
    update: source['u'],
    multi,
    upsert: truthy(source['upsert']),
    arrayFilters: source['arrayFilters'],
    collation: source['collation'],
    let: command['let'],
    constants: source['c'],
    sort: source['sort'],
    hint: source['hint'],
  };
}
