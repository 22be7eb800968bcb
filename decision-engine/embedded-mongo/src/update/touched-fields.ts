import { isDoc } from '../bson/value.js';
import type { Collection } from '../storage/collection.js';
import type { Update } from './parse-update.js';

/**
 * The top-level fields an update reads and writes; undefined where it may be any of them: a replacement, a pipeline, or a
 * positional `$`, which asks what the query matched.
 */
export function touchedFields(update: Update): ReadonlySet<string> | undefined {
  if (update.kind !== 'change') return undefined;
  const fields = new Set<string>();
  for (const { name, parts, operand } of update.changes) {
    if (parts.includes('$')) return undefined;
    fields.add(parts[0] ?? '');
    if (name === '$rename' && typeof operand === 'string') fields.add(operand.split('.')[0] ?? '');
  }
  return fields;
}

/**
 * The fields of a document that are needed to change the touched ones: those, its `_id`, and what the indexes over them
 * are made of. Undefined where the whole document is: for a validator, and for indexes that any field may concern.
 */
export function partToChange(
  collection: Collection,
  touched: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  const { validator, timeseries } = collection.options;
  if (isDoc(validator) || isDoc(timeseries)) return undefined;
  const needed = new Set(touched).add('_id');
  for (const { fields } of collection.maintained) {
    if (fields === undefined) return undefined;
    if (fields.some((field) => touched.has(field))) for (const field of fields) needed.add(field);
  }
  return needed;
}
