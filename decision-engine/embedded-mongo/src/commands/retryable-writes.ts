import { Binary } from 'bson';
import { decodeDoc } from '../bson/decode.js';
import { encodeDoc } from '../bson/encode.js';
import { type Doc, docOf, isDoc } from '../bson/value.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import type { Store } from '../storage/store.js';

/** Sessions that are remembered; the one that was silent longest is forgotten first. */
const MAX_SESSIONS = 10_000;
/** Replies above this size are remembered only as long as the process lives. */
const MAX_STORED = 64 * 1024;

/** What names one write of a session. */
export interface RetryKey {
  readonly session: string;
  readonly number: number;
}

/** The (lsid, txnNumber) of a write, undefined where there is none. */
export function retryKey(command: Doc): RetryKey | undefined {
  const { lsid, txnNumber } = command;
  if (!isDoc(lsid) || !isNumeric(txnNumber)) return undefined;
  const { id } = lsid;
  return id instanceof Binary ? { session: id.toString('hex'), number: toNumber(txnNumber) } : undefined;
}

/**
 * The last numbered write of each session: sent again, it is answered again and not done twice. The answer is stored
 * in the transaction of the write itself, so that this holds after a crash too.
 */
export class RetriedWrites {
  private readonly sessions = new Map<string, { number: number; reply: Promise<Doc> }>();

  constructor(private readonly store: Store) {
    for (const { key, value } of store.getRange(SESSIONS)) {
      const stored = decodeDoc(value);
      const { number, reply } = stored;
      if (isNumeric(number) && isDoc(reply))
        this.sessions.set(key.toString('latin1', PREFIX.length), {
          number: toNumber(number),
          reply: Promise.resolve(reply),
        });
    }
  }

  /** Runs a write once; `run` is handed what stores its answer, to be called inside the transaction. */
  async once(
    { session, number }: RetryKey,
    run: (remember: (reply: Doc) => void) => Promise<Doc>,
  ): Promise<Doc> {
    const known = this.sessions.get(session);
    if (known?.number === number) return known.reply;
    const reply = run((answer) => this.remember({ session, number }, answer));
    this.sessions.delete(session);
    this.sessions.set(session, { number, reply });
    try {
      return await reply;
    } catch (fault) {
      if (this.sessions.get(session)?.reply === reply) this.sessions.delete(session);
      throw fault;
    }
  }

  private remember({ session, number }: RetryKey, reply: Doc): void {
    const bytes = encodeDoc(
      docOf([
        ['number', number],
        ['reply', reply],
      ]),
    );
    if (bytes.length <= MAX_STORED) this.store.putSync(storeKey(session), bytes);
    else this.store.removeSync(storeKey(session));
    for (const oldest of this.sessions.keys()) {
      if (this.sessions.size <= MAX_SESSIONS) return;
      this.sessions.delete(oldest);
      this.store.removeSync(storeKey(oldest));
    }
  }
}

const PREFIX = 'session:';
const SESSIONS = { start: Buffer.from(PREFIX), end: Buffer.from('session;') };

function storeKey(session: string): Buffer {
  return Buffer.from(PREFIX + session, 'latin1');
}
