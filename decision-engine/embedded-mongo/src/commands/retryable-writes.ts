import { Binary } from 'bson';
import { type Doc, isDoc } from '../bson/value.js';
import { isNumeric, toNumber } from '../numeric/number.js';

/** Sessions that are remembered; the one that was silent longest is forgotten first. */
const MAX_SESSIONS = 10_000;

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

/** The last numbered write of each session: sent again, it is answered again and not done twice. */
export class RetriedWrites {
  private readonly sessions = new Map<string, { number: number; reply: Promise<Doc> }>();

  async once({ session, number }: RetryKey, run: () => Promise<Doc>): Promise<Doc> {
    const known = this.sessions.get(session);
    if (known?.number === number) return known.reply;
    const reply = run();
    this.sessions.delete(session);
    this.sessions.set(session, { number, reply });
    const [oldest] = this.sessions.keys();
    if (this.sessions.size > MAX_SESSIONS && oldest !== undefined) this.sessions.delete(oldest);
    try {
      return await reply;
    } catch (fault) {
      if (this.sessions.get(session)?.reply === reply) this.sessions.delete(session);
      throw fault;
    }
  }
}
