import type { JsonObject, JsonValue } from '@segue/models';
import type { Facts } from '../../conditions/facts.js';
import type { DecisionProfile } from '../../decide/decision-profile.js';
import { localTime } from '../../policy/local-time.js';

/** What a run knows: facts of the event that started it, and of what happened since under the id of the step. */
export type RunContext = Readonly<Record<string, string | number | boolean>>;

/** What `advance` is handed about the customer. The profile is worked out on first use: most steps don't look. */
export type CustomerFacts = {
  readonly customerId: string;
  readonly timeZone: string;
  readonly profile: () => DecisionProfile;
  /** The variant of an experiment the customer is in; null = none. */
  readonly variantOf: (experimentId: string) => string | null;
};

const LONGEST_TEXT = 500;
const MOST_FACTS = 100;
const DEEPEST = 3;
const MEMBERS_TOLD = 3;

function flatten(
  value: JsonValue,
  name: string,
  into: { facts: [string, string | number | boolean][]; depth: number },
) {
  const { facts, depth } = into;
  if (facts.length >= MOST_FACTS || value === null) return;
  if (typeof value === 'string') facts.push([name, value.slice(0, LONGEST_TEXT)]);
  else if (typeof value !== 'object') facts.push([name, value]);
  else if (depth < DEEPEST) {
    if (Array.isArray(value)) facts.push([`${name}.count`, value.length]);
    const members = Array.isArray(value) ? value.slice(0, MEMBERS_TOLD).entries() : Object.entries(value);
    for (const [key, member] of members) flatten(member, `${name}.${key}`, { facts, depth: depth + 1 });
  }
}

/**
 * An event's properties as facts: `order_id`, `products.count`, `products.0.name` (the first three members of a list),
 * at most 100 of them, texts cut at 500 characters.
 */
export function contextOf(properties: JsonObject): RunContext {
  const facts: [string, string | number | boolean][] = [];
  for (const [name, value] of Object.entries(properties)) flatten(value, name, { facts, depth: 0 });
  return Object.fromEntries(facts);
}

export function prefixed(prefix: string, context: RunContext): RunContext {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [`${prefix}.${name}`, value]));
}

function textOf(value: string | number | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What conditions of a run read: the customer, and the run's context as `context.*`. */
export function factsOf(
  customer: CustomerFacts,
  {
    context,
    now,
    promotional,
  }: { readonly context: RunContext; readonly now: number; readonly promotional: boolean },
): Facts {
  return {
    get profile() {
      return customer.profile();
    },
    get contacts() {
      return customer.profile().contactHistory;
    },
    get profilingHidden() {
      return promotional && customer.profile().noProfiling;
    },
    // Conditions know these by themselves; events may have facts of the same name.
    context: {
      channels: [],
      slots: 1,
      topic: textOf(context['topic']),
      page: textOf(context['page']),
      facts: context,
    },
    channel: null,
    now,
    localTime: () => localTime(now, customer.timeZone),
  };
}
