import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SendingLimit, type SendingLimits, USUAL_LIMIT } from './sending-limits.js';

/** How fast messages leave this process, channel by channel. */
export type SendingPace = {
  /** Whether a message may begin on this channel now; where it may, it has, and `end` is to be told. */
  readonly begin: (channel: string) => boolean;
  readonly end: (channel: string) => void;
  /** It came to no message: somebody else has it. */
  readonly giveBack: (channel: string) => void;
  /** Whether the channel has room now. Takes none. */
  readonly hasRoom: (channel: string) => boolean;
  /** Resolves when a channel that its rate holds back may send again. */
  readonly nextTurn: () => Promise<void>;
};

type Lane = { readonly limit: SendingLimit; underWay: number; tokens: number; filledAt: number };

/** A rate below this many a second still lets one message leave at a time. */
const LEAST_BURST = 1;

/**
 * Keeps each channel to its limits: messages at once, and a bucket that fills at its rate and holds one second's worth.
 * Time is that of the process, which no clock setting changes. Each engine keeps to the limits for itself.
 */
export function createSendingPace(
  limits: SendingLimits = new Map(),
  {
    now = () => performance.now(),
    wait = (milliseconds: number) => sleep(milliseconds),
  }: { readonly now?: () => number; readonly wait?: (milliseconds: number) => Promise<void> } = {},
): SendingPace {
  const lanes = new Map<string, Lane>();
  const laneOf = (channel: string): Lane => {
    const limit = limits.get(channel) ?? USUAL_LIMIT;
    const burst = Math.max(LEAST_BURST, limit.perSecond ?? 0);
    const lane = lanes.get(channel) ?? { limit, underWay: 0, tokens: burst, filledAt: now() };
    lanes.set(channel, lane);
    const at = now();
    if (limit.perSecond !== null) {
      lane.tokens = Math.min(burst, lane.tokens + ((at - lane.filledAt) / 1000) * limit.perSecond);
    }
    lane.filledAt = at;
    return lane;
  };
  const isOpen = ({ limit, underWay, tokens }: Lane): boolean =>
    underWay < limit.atOnce && (limit.perSecond === null || tokens >= 1);
  return {
    hasRoom: (channel) => isOpen(laneOf(channel)),
    begin: (channel) => {
      const lane = laneOf(channel);
      if (!isOpen(lane)) return false;
      lane.underWay += 1;
      if (lane.limit.perSecond !== null) lane.tokens -= 1;
      return true;
    },
    end: (channel) => {
      laneOf(channel).underWay -= 1;
    },
    giveBack: (channel) => {
      const lane = laneOf(channel);
      lane.underWay -= 1;
      if (lane.limit.perSecond !== null) lane.tokens += 1;
    },
    nextTurn: async () => {
      const waits = [...lanes.keys()].map(laneOf).flatMap(({ limit, underWay, tokens }) => {
        const { perSecond, atOnce } = limit;
        return perSecond === null || tokens >= 1 || underWay >= atOnce
          ? []
          : [((1 - tokens) / perSecond) * 1000];
      });
      if (waits.length > 0) await wait(Math.ceil(Math.min(...waits)));
    },
  };
}
