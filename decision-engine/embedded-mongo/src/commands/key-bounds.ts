import { type Doc, docOf, keysOf, setKey } from '../bson/value.js';
import { MongoError } from '../errors.js';
import type { Plan } from '../planner/plan.js';
import { valueAt } from '../query/path.js';
import type { Index } from '../storage/index.js';
import { indexKey, spaceKey } from '../storage/keys.js';
import type { Row } from '../storage/row.js';
import { docArgument } from './command.js';

/**
 * The plan of a `find` with `min` and `max`: the keys of the hinted index from `min` up to, not including, `max`.
 * Undefined where neither is given.
 * @throws MongoError 51173 without a hint, BadValue (2) where the bound does not name the index's fields
 */
export function boundedPlan(command: Doc, plan: Plan): Plan | undefined {
  const [min, max] = [docArgument(command, 'min'), docArgument(command, 'max')];
  if (!min && !max) return undefined;
  const { hint } = command;
  const index = plan.kind === 'index' || plan.kind === 'point' ? plan.index : undefined;
  if (hint === undefined || !index)
    throw new MongoError(51173, 'When using min()/max() a hint of which index to use must be provided');
  const { space } = index;
  return {
    kind: 'index',
    index,
    ranges: [
      {
        start: min ? indexKey(space, bound(index, min, 'min')) : spaceKey(space),
        end: max ? indexKey(space, bound(index, max, 'max')) : spaceKey(space + 1),
      },
    ],
    reverse: plan.kind === 'index' && plan.reverse,
    sorted: plan.sorted,
    score: 1,
  };
}

function bound(index: Index, source: Doc, name: string): Buffer {
  const { fields } = index.spec;
  if (keysOf(source).join() !== fields.map(({ path }) => path).join())
    throw new MongoError('BadValue', `${name} must have the fields of the hinted index, in their order`);
  return Buffer.concat(fields.map(({ path }, i) => index.encodeField(source[path] ?? null, i)));
}

/** `returnKey`: of each document only what the index holds of it. @throws MongoError BadValue (2) for arrays. */
export function keyOnly(plan: Plan): (row: Row) => Doc {
  if (plan.kind !== 'index' && plan.kind !== 'point') return () => docOf([]);
  const { spec, state } = plan.index;
  if (state.arrays !== 0)
    throw new MongoError('BadValue', 'returnKey over an index of arrays is not supported');
  const fields = spec.fields.map(({ path, parts }) => ({ path, parts }));
  return ({ doc }) => docOf(fields.map(({ path, parts }) => [path, valueAt(doc, parts) ?? null]));
}

/** `showRecordId`: the document with its record. */
export function withRecord(doc: Doc, row: Row): Doc {
  setKey(doc, '$recordId', BigInt(row.record));
  return doc;
}
