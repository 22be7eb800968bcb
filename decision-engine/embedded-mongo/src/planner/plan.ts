import type { Doc, Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { foldText, sameCollation } from '../order/collation.js';
import { encodeKey } from '../order/encode-key.js';
import { compileFilter, type Matcher } from '../query/compile-filter.js';
import type { FieldNode, FilterNode } from '../query/node.js';
import type { SortField } from '../query/sort.js';
import type { Collection } from '../storage/collection.js';
import { type Index, KEPT_BYTES } from '../storage/index.js';
import { indexKey } from '../storage/keys.js';
import { alternatives, type Condition, implies, needsField, requiredConditions } from './conditions.js';
import { fieldKeys, type Interval, indexable, intersect, intervalsOf, successor } from './interval.js';

/** A stretch of an index, in its key order: from `start` up to, not including, `end`. */
export interface KeyRange {
  readonly start: Buffer;
  readonly end: Buffer;
}

/** How the documents of a filter are found. A plan finds all that match and maybe more; the filter is tested after. */
export type Plan =
  | { readonly kind: 'scan'; readonly reverse: boolean; readonly sorted: boolean }
  /** The one document that a value of `_id` names. */
  | { readonly kind: 'point'; readonly index: Index; readonly value: Value; readonly sorted: true }
  | {
      readonly kind: 'index';
      readonly index: Index;
      readonly ranges: readonly KeyRange[];
      readonly reverse: boolean;
      /** The rows come in the order that was asked for. */
      readonly sorted: boolean;
      readonly score: number;
    }
  | { readonly kind: 'union'; readonly plans: readonly Plan[]; readonly sorted: false };

export interface PlanRequest {
  readonly collection: Collection;
  readonly matcher: Matcher;
  readonly sort: readonly SortField[];
  readonly collation: Doc | undefined;
  /** The index to use, or `natural` for a scan. */
  readonly hint: Index | 'natural' | 'reverse' | undefined;
}

/** More key ranges than this are not listed; the later fields are then filtered. */
const MAX_RANGES = 2000;

/** Chooses how to read a collection for a filter and a sort. */
export function planFor(request: PlanRequest): Plan {
  const { hint, sort } = request;
  if (hint === 'natural' || hint === 'reverse')
    return { kind: 'scan', reverse: hint === 'reverse', sorted: sort.length === 0 };
  const natural = sort[0]?.path === '$natural' ? sort[0] : undefined;
  if (natural) return { kind: 'scan', reverse: natural.direction === -1, sorted: true };
  if (hint?.spec.plugin) return scan(request);
  if (hint) return indexPlan(hint, request, requiredConditions(request.matcher.node)) ?? wholeIndex(hint);
  const point = pointPlan(request);
  if (point) return point;
  return bestPlan(request, request.matcher.node) ?? union(request) ?? sortPlan(request) ?? scan(request);
}

function pointPlan({ matcher: { node }, collection, collation }: PlanRequest): Plan | undefined {
  const condition = node.kind === 'and' ? node.nodes.find(isIdEquality) : node;
  if (condition === undefined || !isIdEquality(condition)) return undefined;
  const index = collection.idIndex;
  if (index.spec.hidden || !sameCollation(index.spec.collation, collation)) return undefined;
  return { kind: 'point', index, value: condition.operand, sorted: true };
}

function isIdEquality(node: FilterNode): node is FieldNode {
  return node.kind === 'field' && node.path === '_id' && node.operator === 'eq' && indexable(node.operand);
}

function scan({ sort }: PlanRequest): Plan {
  return { kind: 'scan', reverse: false, sorted: sort.length === 0 };
}

function bestPlan(request: PlanRequest, node: FilterNode): Plan | undefined {
  const conditions = requiredConditions(node);
  if (conditions.length === 0) return undefined;
  let best: Extract<Plan, { kind: 'index' }> | undefined;
  for (const index of request.collection.indexes) {
    const plan = index.spec.hidden || index.spec.plugin ? undefined : indexPlan(index, request, conditions);
    if (plan && plan.score > 0 && plan.score > (best?.score ?? 0)) best = plan;
  }
  return best;
}

function union(request: PlanRequest): Plan | undefined {
  const branches = alternatives(request.matcher.node);
  if (!branches) return undefined;
  const plans: Plan[] = [];
  for (const branch of branches) {
    const plan = bestPlan({ ...request, sort: [] }, branch);
    if (!plan) return undefined;
    plans.push(plan);
  }
  return { kind: 'union', plans, sorted: false };
}

/** Without a useful condition an index may still give the order. */
function sortPlan(request: PlanRequest): Plan | undefined {
  if (request.sort.length === 0) return undefined;
  const conditions = requiredConditions(request.matcher.node);
  for (const index of request.collection.indexes) {
    const plan = index.spec.hidden || index.spec.plugin ? undefined : indexPlan(index, request, conditions);
    if (plan?.sorted) return plan;
  }
  return undefined;
}

function wholeIndex(index: Index): Plan {
  return { kind: 'index', index, ranges: [], reverse: false, sorted: false, score: 0 };
}

type IndexPlan = Extract<Plan, { kind: 'index' }>;

function indexPlan(
  index: Index,
  request: PlanRequest,
  conditions: readonly Condition[],
): IndexPlan | undefined {
  const { spec } = index;
  const hinted = request.hint === index;
  if (!sameCollation(spec.collation, request.collation))
    return hinted ? (wholeIndex(index) as IndexPlan) : undefined;
  if (spec.partialFilter && !hinted && !implies(conditions, compileFilter(spec.partialFilter).node))
    return undefined;
  const bounds = boundsOf(index, conditions);
  if (spec.sparse && !hinted) {
    const present = spec.fields.some(({ path }) =>
      conditions.some((c) => c.path === path && c.group === undefined && needsField(c.node)),
    );
    if (!present) return undefined;
  }
  const order = orderOf(index, { bounds, sort: request.sort });
  const score = bounds.reduce(
    (sum, intervals) => sum + (intervals.every(({ point }) => point) ? (intervals.length === 1 ? 10 : 8) : 5),
    0,
  );
  const unique =
    spec.unique && bounds.length === spec.fields.length && bounds.every((b) => b.length === 1 && b[0]?.point)
      ? 20
      : 0;
  return {
    kind: 'index',
    index,
    ranges: bounds.length === 0 ? [] : rangesOf(index, bounds),
    reverse: order === 'backward',
    sorted: order !== undefined,
    score:
      score === 0
        ? 0
        : score +
          unique +
          (order !== undefined && request.sort.length > 0 ? 4 : 0) -
          spec.fields.length * 0.01,
  };
}

/** The intervals of the leading fields of an index; stops after the first that is not a list of points. */
function boundsOf(index: Index, conditions: readonly Condition[]): Interval[][] {
  const bounds: Interval[][] = [];
  let arrayUsed: Condition['group'] | true | undefined;
  for (const [i, field] of index.spec.fields.entries()) {
    const isArray = (index.state.arrays & (1 << i)) !== 0;
    if (isArray && arrayUsed !== undefined) break;
    const here = conditions.filter(({ path }) => path === field.path);
    const intervals = fieldIntervals(index, here, isArray);
    if (!intervals) break;
    if (isArray) arrayUsed = true;
    bounds.push(intervals);
    if (!intervals.every(({ point }) => point)) break;
    if (bounds.reduce((product, list) => product * list.length, 1) > MAX_RANGES) {
      if (bounds.length > 1) bounds.pop();
      break;
    }
  }
  return bounds;
}

function fieldIntervals(
  index: Index,
  conditions: readonly Condition[],
  isArray: boolean,
): Interval[] | undefined {
  const { collation } = index.spec;
  const encode = (value: Value): Buffer => encodeKey(collation ? foldText(value, collation) : value);
  const lists = conditions
    .map(({ node }) => intervalsOf(node, encode, collation !== undefined))
    .filter((list) => list !== undefined);
  const [first] = lists;
  if (!first) return undefined;
  const points = lists.find((list) => list.every(({ point }) => point));
  if (points) return points;
  if (isArray || lists.some((list) => list.length !== 1)) return first;
  let both: Interval | undefined = first[0];
  for (const [interval] of lists.slice(1)) both = both && interval ? intersect(both, interval) : undefined;
  return both ? [both] : [];
}

function rangesOf(index: Index, bounds: readonly Interval[][]): KeyRange[] {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  const ranges: KeyRange[] = [];
  for (const [i, intervals] of bounds.entries()) {
    const direction = index.spec.fields[i]?.direction ?? 1;
    const keys = intervals
      .map((interval) => fieldKeys(interval, direction))
      .sort((a, b) => Buffer.compare(a.start, b.start));
    const last = i === bounds.length - 1;
    const next: Buffer[] = [];
    for (const prefix of prefixes) {
      for (const { start, end } of keys) {
        if (last) ranges.push(bounded(index, Buffer.concat([prefix, start]), Buffer.concat([prefix, end])));
        else next.push(Buffer.concat([prefix, start]));
      }
    }
    prefixes = next;
  }
  return ranges;
}

/** A range as LMDB keys. Long keys are cut in the index, so a long bound opens up to what was cut alike. */
function bounded(index: Index, start: Buffer, end: Buffer): KeyRange {
  const from = start.length > KEPT_BYTES ? start.subarray(0, KEPT_BYTES) : start;
  const to = end.length > KEPT_BYTES ? successor(end.subarray(0, KEPT_BYTES)) : end;
  return {
    start: indexKey(index.space, from),
    end: to.length === 0 ? indexKey(index.space + 1, to) : indexKey(index.space, to),
  };
}

/** Whether the index gives the order: forward, backward, or not (undefined). */
function orderOf(
  index: Index,
  { bounds, sort }: { bounds: readonly Interval[][]; sort: readonly SortField[] },
): 'forward' | 'backward' | undefined {
  if (sort.length === 0) return 'forward';
  if (index.state.cut || index.spec.collation) return undefined;
  const fixed = new Set<string>();
  let start = 0;
  for (const [i, intervals] of bounds.entries()) {
    const path = index.spec.fields[i]?.path;
    if (
      intervals.length !== 1 ||
      !intervals[0]?.point ||
      path === undefined ||
      (index.state.arrays & (1 << i)) !== 0
    )
      break;
    fixed.add(path);
    start = i + 1;
  }
  const wanted = sort.filter(({ path }) => !fixed.has(path));
  if (wanted.length === 0) return 'forward';
  let sign: number | undefined;
  for (const [i, want] of wanted.entries()) {
    const field = index.spec.fields[start + i];
    if (!field || field.path !== want.path || (index.state.arrays & (1 << (start + i))) !== 0)
      return undefined;
    const relative = field.direction * want.direction;
    if (sign !== undefined && sign !== relative) return undefined;
    sign = relative;
  }
  return sign === -1 ? 'backward' : 'forward';
}

/** The index a hint names. @throws MongoError BadValue (2) when there is none. */
export function hintedIndex(
  collection: Collection,
  hint: string | Doc,
  keyText: (doc: Doc) => string,
): Index {
  const found = collection.indexes.find(({ spec }) =>
    typeof hint === 'string' ? spec.name === hint : keyText(spec.key) === keyText(hint),
  );
  if (found) return found;
  throw new MongoError(
    'BadValue',
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}
