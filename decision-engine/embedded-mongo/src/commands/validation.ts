import { BSONRegExp } from 'bson';
import { encodeDoc } from '../bson/encode.js';
import { type Doc, docOf, isDoc, keysOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { truthy } from '../numeric/number.js';
import { compileFilter, type Matcher } from '../query/compile-filter.js';
import { type Collection, checkSize } from '../storage/collection.js';

const compiled = new WeakMap<Doc, Matcher>();

/** @throws MongoError DocumentValidationFailure (121) when the collection's validator refuses the document. */
export function checkValidator(collection: Collection, doc: Doc, command: Doc): void {
  const { validator, validationAction, validationLevel, timeseries } = collection.options;
  if (isDoc(timeseries) && !(doc[String(timeseries['timeField'])] instanceof Date))
    throw new MongoError(
      'BadValue',
      `'${String(timeseries['timeField'])}' must be present and contain a valid BSON UTC datetime value`,
    );
  if (!isDoc(validator) || truthy(command['bypassDocumentValidation'])) return;
  if (validationAction === 'warn' || validationLevel === 'off') return;
  let matcher = compiled.get(validator);
  if (!matcher) {
    matcher = compileFilter(validator);
    compiled.set(validator, matcher);
  }
  if (matcher.test(doc)) return;
  const details = docOf([
    ['operatorName', keysOf(validator)[0] ?? '$expr'],
    ['specifiedAs', validator],
  ]);
  throw new MongoError('DocumentValidationFailure', 'Document failed validation', {
    errInfo: docOf([
      ['failingDocumentId', doc['_id'] ?? null],
      ['details', details],
    ]),
  });
}

/** Checks what may be stored and encodes it. @throws MongoError for a bad `_id` or a document that is too large. */
export function storable(doc: Doc): Buffer {
  checkId(doc['_id']);
  return checkSize(encodeDoc(doc));
}

function checkId(id: Value | undefined): void {
  if (Array.isArray(id)) throw new MongoError('InvalidIdField', "The '_id' value cannot be of type array");
  if (id instanceof BSONRegExp)
    throw new MongoError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (!isDoc(id)) return;
  for (const key of keysOf(id)) {
    if (key.startsWith('$') && !['$ref', '$id', '$db'].includes(key)) {
      throw new MongoError(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${key} is not valid for storage.`,
      );
    }
  }
}
