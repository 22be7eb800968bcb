import type { AuditNote } from '../audit/audited.js';
import type { KnownCaller } from './caller.js';
import type { Running } from './running.js';

/** One call of an app or an agent, over REST or tRPC: who calls, and what a running engine offers. */
export type Call = Pick<Running, 'engine' | 'changed' | 'deliveriesWait' | 'privacyWaits'> & {
  readonly caller: KnownCaller;
  /** Tells the audit log more than the input says. */
  readonly note: AuditNote;
};
