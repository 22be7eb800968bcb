import type { Store } from '../store/store.js';
import { ATTEMPT_SCHEMA_VERSION, type AttemptDocument } from './attempt-document.js';
import { hashSecret } from './secrets.js';

const WINDOW_MS = 15 * 60_000;
/** Wrong attempts allowed in a window that begins with the first. */
const MOST = { email: 10, address: 50 } as const;
export type Counted = keyof typeof MOST;

/** Wrong attempts to sign in, counted in the store: all engines share the counts, and a restart keeps them. */
export type SignInAttempts = {
  /** How long to wait, in milliseconds; null while there are attempts left. */
  spent(what: Counted, whose: string): Promise<number | null>;
  count(what: Counted, whose: string): Promise<void>;
  forget(what: Counted, whose: string): Promise<void>;
};

export function createSignInAttempts(
  { attempts }: Pick<Store, 'attempts'>,
  clock: () => Date,
): SignInAttempts {
  const idOf = (what: Counted, whose: string): string => `${what}:${hashSecret(whose)}`;
  const inc = async (_id: string, now: Date): Promise<boolean> =>
    (await attempts.updateOne({ _id, expiresAt: { $gt: now } }, { $inc: { count: 1 } })).matchedCount === 1;
  return {
    spent: async (what, whose) => {
      const now = clock();
      const found = await attempts
        .findOne({ _id: idOf(what, whose), expiresAt: { $gt: now } })
        .lean<AttemptDocument | null>();
      return found === null || found.count < MOST[what] ? null : found.expiresAt.getTime() - now.getTime();
    },
    count: async (what, whose) => {
      const _id = idOf(what, whose);
      const now = clock();
      if (await inc(_id, now)) return;
      // The window before may be over without the store having forgotten it yet.
      await attempts.deleteOne({ _id, expiresAt: { $lte: now } });
      const began = await attempts.updateOne(
        { _id },
        {
          $setOnInsert: {
            schemaVersion: ATTEMPT_SCHEMA_VERSION,
            count: 1,
            expiresAt: new Date(now.getTime() + WINDOW_MS),
          },
        },
        { upsert: true },
      );
      if (began.upsertedCount === 0) await inc(_id, now);
    },
    forget: async (what, whose) => {
      await attempts.deleteOne({ _id: idOf(what, whose) });
    },
  };
}
