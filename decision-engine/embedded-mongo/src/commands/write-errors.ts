import { type Doc, docOf, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';

/** The error of one statement of a write command. */
export function writeError(index: number, fault: MongoError): Doc {
  const error = docOf([
    ['index', index],
    ['code', fault.code],
    ['errmsg', fault.message],
  ]);
  for (const [key, value] of Object.entries(fault.info)) setKey(error, key, value as Value);
  return error;
}

/** Runs statements one after the other; the first error ends an ordered run. Other faults are thrown. */
export async function runStatements(
  count: number,
  { ordered, run }: { ordered: boolean; run(at: number): Promise<void> },
): Promise<Doc[]> {
  const errors: Doc[] = [];
  for (let at = 0; at < count; at++) {
    try {
      await run(at);
    } catch (fault) {
      if (!(fault instanceof MongoError)) throw fault;
      errors.push(writeError(at, fault));
      if (ordered) break;
    }
  }
  return errors;
}
