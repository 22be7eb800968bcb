import type { DecisionContext } from '../decide/decide-input.js';
import type { ContactEntry, DecisionProfile } from '../decide/decision-profile.js';
import type { LocalTime } from '../policy/local-time.js';

/** What a condition can read. `contacts` is the history, with whatever this very decision already chose. */
export type Facts = {
  readonly profile: DecisionProfile;
  readonly context: DecisionContext;
  /** The candidate's channel; null outside decisions (segments, journeys). */
  readonly channel: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly contacts: readonly ContactEntry[];
  /** Behaviour and scores read as unknown: the customer objected to profiling. */
  readonly profilingHidden: boolean;
  /** The clock on the customer's wall. Computed on first use. */
  readonly localTime: () => LocalTime;
  /** Names that only a ranking formula knows: `propensity`, `value` … */
  readonly variables?: Readonly<Record<string, number>> | undefined;
};

export type FieldValue = string | number | boolean | Date | readonly (string | number | boolean)[];
/** undefined = not known. */
export type FieldReader = (facts: Facts) => FieldValue | undefined;

export type FieldType = 'number' | 'text' | 'boolean' | 'date' | 'list' | 'any';
