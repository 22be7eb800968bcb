import { type Doc, keysOf } from '../bson/value.js';
import { MongoError } from '../errors.js';

/** What any command may carry. */
const GENERIC = words(
  'lsid txnNumber writeConcern readConcern readPreference comment maxTimeMS apiVersion apiStrict apiDeprecationErrors',
  'autocommit startTransaction stmtId stmtIds collectionUUID let runtimeConstants legacyRuntimeConstants querySettings',
  'explain includeQueryStatsMetrics encryptionInformation bypassEmptyTsReplacement databaseVersion shardVersion clientOperationKey',
);

/** The fields of the commands that read and write documents; others are not checked. */
const FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'find',
    words(
      'filter projection sort hint skip limit batchSize singleBatch collation max min returnKey showRecordId tailable awaitData',
      'noCursorTimeout allowPartialResults oplogReplay allowDiskUse readOnce',
    ),
  ],
  [
    'aggregate',
    words(
      'pipeline allowDiskUse cursor bypassDocumentValidation collation hint fromMongos needsMerge exchange',
    ),
  ],
  ['count', words('query limit skip hint collation fields')],
  ['distinct', words('key query collation hint')],
  ['insert', words('documents ordered bypassDocumentValidation')],
  ['update', words('updates ordered bypassDocumentValidation')],
  ['delete', words('deletes ordered bypassDocumentValidation')],
  [
    'findAndModify',
    words('query sort remove update new fields upsert bypassDocumentValidation collation hint arrayFilters'),
  ],
]);

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

/** @throws MongoError 40415 for a field that the command does not have: ignoring it could answer something else than was asked. */
export function checkFields(command: Doc): void {
  const [given = '', ...keys] = keysOf(command);
  const name = given === 'findandmodify' ? 'findAndModify' : given;
  const known = FIELDS.get(name);
  if (!known) return;
  for (const key of keys) {
    if (key.startsWith('$') || known.has(key) || GENERIC.has(key)) continue;
    throw new MongoError(40415, `BSON field '${name}.${key}' is an unknown field.`);
  }
}
