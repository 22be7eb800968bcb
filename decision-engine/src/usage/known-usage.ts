import type { ActionUsage } from '../decide/decide-input.js';
import type { Amounts } from './claim.js';

/** What other processes use is seen within this time. A claim is checked against the store itself, whatever is known here. */
const LOOK_AGAIN_MS = 500;
/** Older than this, what is known is not used. */
const TOO_OLD_MS = 5_000;

const UNUSED: ActionUsage = { contacts: 0, acceptances: 0, spent: 0 };

export type KnownUsage = {
  /** The counters of these actions, with all that this process changed. Those that have none are left out. */
  of(actionIds: readonly string[]): Promise<ReadonlyMap<string, ActionUsage>>;
  changed(actionId: string, change: Amounts): void;
};

export type KnownUsageOptions = {
  readonly read: (actionIds: readonly string[]) => Promise<ReadonlyMap<string, ActionUsage>>;
  /** A clock that only goes forward. */
  readonly milliseconds: () => number;
};

/** Remembers how much of each action is used, so that not every decision reads the counters of all of them. */
export function createKnownUsage({ read, milliseconds }: KnownUsageOptions): KnownUsage {
  let counters = new Map<string, ActionUsage>();
  let covered: ReadonlySet<string> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  let givenBack = 0;

  const readAgain = async (actionIds: readonly string[]): Promise<void> => {
    const before = givenBack;
    const fresh = await read(actionIds);
    // What was given back meanwhile may not be in it. What was taken meanwhile may not either, and its claim says so.
    if (givenBack !== before) return;
    counters = new Map(fresh);
    covered = new Set(actionIds);
    readAt = milliseconds();
  };
  const refresh = (actionIds: readonly string[]): Promise<void> => {
    reading ??= readAgain(actionIds).finally(() => {
      reading = null;
    });
    return reading;
  };
  return {
    of: async (actionIds) => {
      const age = milliseconds() - readAt;
      if (age > TOO_OLD_MS || actionIds.some((actionId) => !covered.has(actionId))) {
        await refresh(actionIds);
        // Another set of actions was being read, or something was given back: this once without remembering.
        const stillOld = milliseconds() - readAt > TOO_OLD_MS;
        if (stillOld || actionIds.some((actionId) => !covered.has(actionId))) return read(actionIds);
      } else if (age > LOOK_AGAIN_MS) void refresh(actionIds).catch(() => {});
      return counters;
    },
    changed: (actionId, { contacts, acceptances, spentMicros }) => {
      if (contacts < 0 || acceptances < 0 || spentMicros < 0) givenBack++;
      const known = counters.get(actionId) ?? UNUSED;
      counters.set(actionId, {
        contacts: known.contacts + contacts,
        acceptances: known.acceptances + acceptances,
        spent: known.spent + spentMicros / 1_000_000,
      });
    },
  };
}
