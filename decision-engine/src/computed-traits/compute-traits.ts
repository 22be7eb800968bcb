import type { JsonObject, JsonValue } from '@segue/models';
import { durationToMs } from '../catalogue/duration.js';
import type { ComputedTrait } from './computed-trait.js';

export type ComputedValue = string | number | boolean | Date;

/** A computed trait of one customer. Its source is always its definition. */
export type ComputedEntry = {
  readonly value: ComputedValue;
  /** Since when it has been this. */
  readonly at: Date;
};
export type ComputedTraits = Readonly<Record<string, ComputedEntry>>;

/** What of an event is looked at. */
export type CountedEvent = {
  readonly name: string;
  readonly timestamp: Date;
  readonly properties: JsonObject;
};

type Scalar = string | number | boolean;

function isScalar(value: JsonValue | undefined): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valuesAt(value: JsonValue | undefined, path: readonly string[]): Scalar[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return isScalar(value) ? [value] : [];
  if (!isObject(value) || !Object.hasOwn(value, name)) return [];
  return valuesAt(value[name], rest);
}

function counts({ events, where, within }: ComputedTrait, event: CountedEvent, now: Date): boolean {
  const at = event.timestamp.getTime();
  if (!events.includes(event.name) || at > now.getTime()) return false;
  if (within !== undefined && at <= now.getTime() - durationToMs(within)) return false;
  return Object.entries(where).every(([path, wanted]) => {
    const allowed: readonly Scalar[] = Array.isArray(wanted) ? wanted : [wanted];
    return valuesAt(event.properties, path.split('.')).some((value) => allowed.includes(value));
  });
}

function mostFrequent(values: readonly Scalar[]): Scalar | undefined {
  const times = new Map<Scalar, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  // Of those that came equally often the latest: each is put back at the end when it comes.
  let best: Scalar | undefined;
  for (const value of values) if ((times.get(value) ?? 0) >= (times.get(best ?? value) ?? 0)) best = value;
  return best;
}

function numbersIn(values: readonly Scalar[]): number[] {
  return values.filter((value) => typeof value === 'number');
}

function extreme(numbers: readonly number[], better: (a: number, b: number) => boolean): number | undefined {
  return numbers.reduce<number | undefined>(
    (best, each) => (best === undefined || better(each, best) ? each : best),
    undefined,
  );
}

/** @param events of one customer, the oldest first @returns undefined where nothing is known */
function compute(
  trait: ComputedTrait,
  events: readonly CountedEvent[],
  now: Date,
): ComputedValue | undefined {
  const counted = events.filter((event) => counts(trait, event, now));
  const path = trait.property?.split('.') ?? [];
  const values = counted.flatMap(({ properties }) => valuesAt(properties, path));
  const numbers = numbersIn(values);
  const sum = numbers.reduce((total, each) => total + each, 0);
  switch (trait.compute) {
    case 'count':
      return counted.length;
    case 'firstAt':
      return counted[0]?.timestamp;
    case 'lastAt':
      return counted.at(-1)?.timestamp;
    case 'sum':
      return sum;
    case 'average':
      return numbers.length === 0 ? undefined : sum / numbers.length;
    case 'minimum':
      return extreme(numbers, (a, b) => a < b);
    case 'maximum':
      return extreme(numbers, (a, b) => a > b);
    case 'distinct':
      return new Set(values).size;
    case 'first':
      return values[0];
    case 'last':
      return values.at(-1);
    case 'mostFrequent':
      return mostFrequent(values);
  }
}

function isSame(a: ComputedValue, b: ComputedValue): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}

/**
 * Every computed trait of a customer as of `now`; one about which nothing is known is left out.
 * @param events the customer's, the oldest first
 * @param before what was known, so that a value keeps the time since when it has been so
 */
export function computeTraits(
  traits: readonly ComputedTrait[],
  events: readonly CountedEvent[],
  { before = {}, now }: { readonly before?: ComputedTraits | undefined; readonly now: Date },
): ComputedTraits {
  return Object.fromEntries(
    traits.flatMap((trait): [string, ComputedEntry][] => {
      const value = compute(trait, events, now);
      if (value === undefined) return [];
      const known = before[trait.traitId];
      const same = known !== undefined && isSame(known.value, value);
      return [[trait.traitId, same ? known : { value, at: now }]];
    }),
  );
}

export function areSameTraits(a: ComputedTraits, b: ComputedTraits): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [left, right] = [a[name], b[name]];
      return left !== undefined && right !== undefined && isSame(left.value, right.value);
    })
  );
}
