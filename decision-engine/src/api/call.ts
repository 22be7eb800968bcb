import type { KnownCaller } from './caller.js';
import type { Running } from './running.js';

/** One call of an app or an agent, over REST or tRPC: who calls, and what a running engine offers. */
export type Call = Pick<Running, 'engine' | 'changed' | 'deliveriesWait'> & { readonly caller: KnownCaller };
