import { setTimeout as sleep } from 'node:timers/promises';
import { Analytics } from '@segment/analytics-node';
import type { Choice, LifeItem, Moment } from '../behaviour/life.js';
import { type DemoAction, demoAction } from '../world/actions.js';
import { DAY } from '../world/local-time.js';
import { createLiveClock } from './live-clock.js';
import { continueWorld } from './live-world.js';
import { sendEvent } from './send-event.js';
import { createShopApi, type LiveDecision, type ShopApi } from './shop-api.js';

/** Where the live shop tells what it does; pino's loggers fit. */
export type LiveLog = { readonly info: (words: string) => void; readonly warn: (words: string) => void };

export type LiveDemoOptions = {
  /** Of the running engine, such as `http://localhost:4000`. */
  readonly apiUrl: string;
  readonly writeKey: string;
  readonly seed: number;
  readonly customers: number;
  /** World seconds in a second; 1 is real time. */
  readonly speed: number;
  /** Stops it. */
  readonly signal: AbortSignal;
  readonly log: LiveLog;
  /**
   * What `generateDemoEvents` was called with, so that the same customers go on with their lives. Absent: a year that
   * ends now.
   */
  readonly played?: { readonly start: Date; readonly end: Date };
  /** Milliseconds since 1970; the system's clock unless told. */
  readonly now?: () => number;
};

export type LiveDemoResult = {
  readonly events: number;
  readonly decisions: number;
  readonly outcomes: number;
  /** Calls the API refused or that failed. */
  readonly failures: number;
};

/**
 * Plays the shop against a running API as an app would: events through Segment's official client, `POST /v1/decide`
 * where something could be offered, `POST /v1/feedback` with what the customer does. Resolves when the signal stops it.
 * A failed call is logged and counted; the shop plays on. Agents' offers are left to the people at the console.
 */
export async function startLiveDemo(options: LiveDemoOptions): Promise<LiveDemoResult> {
  const { signal, log, seed, customers, speed } = options;
  const now = options.now ?? Date.now;
  const opened = new Date(now());
  const played = options.played ?? { start: new Date(opened.getTime() - 365 * DAY), end: opened };
  const player = createPlayer(options, now);
  const world = await continueWorld({ seed, customers, played, now: opened, signal });
  if (world === undefined) return player.result();
  log.info(`The demo shop is open: ${customers} customers, ${speed} times as fast as the clock.`);
  const clock = createLiveClock({ wall: now(), world: world.first.item.at, speed });
  let step: ReturnType<typeof world.lives.next> = { done: false, value: world.first };
  while (step.done !== true) {
    const { item } = step.value;
    if (!(await pauseUntil(clock.due(item.at), { now, signal }))) break;
    step = world.lives.next(await player.play(item));
  }
  await player.close();
  return player.result();
}

/** @returns false when stopped while waiting */
async function pauseUntil(
  due: number,
  { now, signal }: { now: () => number; signal: AbortSignal },
): Promise<boolean> {
  const wait = due - now();
  if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}

type Player = {
  readonly play: (item: LifeItem) => Promise<Choice | undefined>;
  readonly close: () => Promise<void>;
  readonly result: () => LiveDemoResult;
};

function createPlayer({ apiUrl, writeKey, signal, log }: LiveDemoOptions, now: () => number): Player {
  const api = createShopApi({ apiUrl, writeKey, signal });
  const analytics = new Analytics({ writeKey, host: apiUrl, flushAt: 15, flushInterval: 400, maxRetries: 3 });
  const count = { events: 0, decisions: 0, outcomes: 0, failures: 0 };
  // Answers to what the engine decided go back as feedback; answers to older offers are events like all others.
  const decided = new Set<string>();
  const failed = (problem: string): void => {
    count.failures += 1;
    if (!signal.aborted) log.warn(problem);
  };
  analytics.on('error', (error) => failed(`Sending events failed: ${String(error.reason ?? error.code)}`));
  return {
    play: async (item) => {
      if (item.kind === 'moment') {
        await analytics.flush({ timeout: 2000 });
        const choice = await ask(api, item.moment, failed);
        if (choice?.decisionId !== undefined) decided.add(choice.decisionId);
        count.decisions += 1;
        return choice;
      }
      const { outcome } = item;
      if (outcome === undefined || !decided.has(outcome.offer.decisionId)) {
        sendEvent(analytics, item.event, new Date(now()));
        count.events += 1;
        return undefined;
      }
      const told = await api.feedback({
        decisionId: outcome.offer.decisionId,
        actionId: outcome.offer.action.id,
        outcome: outcome.outcome,
        ...(outcome.value === undefined ? {} : { value: outcome.value }),
      });
      count.outcomes += 1;
      if (!told.ok) failed(told.problem);
      return undefined;
    },
    close: () => analytics.closeAndFlush({ timeout: 2000 }),
    result: () => ({ ...count }),
  };
}

async function ask(
  api: ShopApi,
  moment: Moment,
  failed: (problem: string) => void,
): Promise<Choice | undefined> {
  if (moment.channel === 'agent') return undefined;
  const { customer, registered, lastDevice } = moment.life;
  const answer = await api.decide({
    customer: registered
      ? { userId: customer.identity.userId }
      : { anonymousId: customer.identity.devices[lastDevice] },
    channel: moment.channel,
    placement: moment.placement,
  });
  if (answer.ok) return choiceOf(answer.value);
  // Somebody who has only just come may not be known yet.
  if (answer.status !== 404) failed(answer.problem);
  return undefined;
}

function choiceOf({ decisionId, actions: [first] }: LiveDecision): Choice | undefined {
  if (first === undefined) return undefined;
  return {
    decisionId,
    action: demoAction(first.actionId) ?? unknownAction(first),
    treatmentId: first.treatment.treatmentId,
    propensity: first.probability,
  };
}

/** An action the catalogue got since: people answer it as they would an average offer. */
function unknownAction(offered: LiveDecision['actions'][number]): DemoAction {
  return {
    id: offered.actionId,
    group: offered.group,
    class: offered.class,
    channels: [],
    occasion: 'any',
    tags: [],
    discount: 0,
    value: offered.value,
    cost: 0,
  };
}
