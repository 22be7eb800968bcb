import { sendDue } from '../deliveries/send-due.js';
import { createRefresher } from '../engine/current-decision.js';
import type { Engine } from '../engine/engine.js';
import { finishOutcomes } from '../engine/follow-up-outcomes.js';
import { sweepIgnored } from '../engine/sweep-ignored.js';
import { recoverIngest } from '../events/ingest-events.js';
import { scoreBatch } from '../inbox/score-customers.js';
import { createJourneyWork, type JourneyWork } from '../journeys/runtime/journey-work.js';
import { runJourneysOnce } from '../journeys/runtime/run-journeys.js';
import { sendNotices } from '../journeys/runtime/send-notices.js';
import { finishUndoing } from '../merges/finish-undoing.js';
import { runPrivacyOnce } from '../privacy/run-privacy.js';
import { keepSegmentCounts } from '../segments/count-segments.js';
import { tellCrossings } from '../segments/tell-crossings.js';
import { expireClaims } from '../usage/expire-claims.js';
import { createWorker } from './worker.js';

const LOOK_AGAIN_MS = 5_000;
/** Sizes of segments, for their trends. */
const COUNT_EVERY_MS = 15 * 60_000;
const RECOVER_EVERY_MS = 60_000;
const LEARN_EVERY_MS = 1_000;
/** Timers of journeys fire at most this late on an idle machine. */
const JOURNEYS_EVERY_MS = 500;

export type BackgroundWork = {
  readonly changed: (customerIds: readonly string[]) => void;
  readonly deliveriesWait: () => void;
  readonly privacyWaits: () => void;
  /** Lets the work under way finish. */
  stop(): Promise<void>;
};

/** Scores customers, keeps open pages current, sends messages and mends what a crash left, while the engine runs. */
export function startBackgroundWork(
  engine: Engine,
  journeyWork: JourneyWork = createJourneyWork(engine),
): BackgroundWork {
  const refresh = createRefresher(engine);
  const failed = (what: string) => (error: unknown) =>
    engine.log.error({ err: error }, `${what} failed; trying again`);

  const scorer = createWorker({ everyMs: LOOK_AGAIN_MS, onError: failed('scoring') }, async () => {
    const { scored, changed } = await scoreBatch(engine);
    if (changed.length > 0) engine.live.inboxChanged(changed);
    const told = await tellCrossings(engine);
    if (told > 0) journeys.wake();
    return scored + told > 0;
  });
  const counter = createWorker(
    { everyMs: COUNT_EVERY_MS, onError: failed('counting segments') },
    async () => {
      await keepSegmentCounts(engine);
      return false;
    },
  );
  const sender = createWorker({ everyMs: LOOK_AGAIN_MS, onError: failed('sending') }, async () => {
    await sendDue(engine);
    await sendNotices(engine);
    return false;
  });
  const mender = createWorker({ everyMs: RECOVER_EVERY_MS, onError: failed('recovery') }, async () => {
    await recoverIngest(engine.store);
    await finishUndoing(engine);
    return false;
  });
  const sweeper = createWorker({ everyMs: RECOVER_EVERY_MS, onError: failed('sweeping') }, async () => {
    await finishOutcomes(engine);
    await sweepIgnored(engine);
    await expireClaims(engine.store, engine.clock());
    return false;
  });
  const takeUp = createWorker({ everyMs: LEARN_EVERY_MS, onError: failed('learning') }, async () => {
    await engine.learner?.refresh();
    return false;
  });
  const settler = createWorker({ everyMs: RECOVER_EVERY_MS, onError: failed('settling') }, async () => {
    await engine.learner?.apply();
    return ((await engine.learner?.settle()) ?? 0) > 0;
  });
  const privacy = createWorker({ everyMs: LOOK_AGAIN_MS, onError: failed('a privacy request') }, () =>
    runPrivacyOnce(engine),
  );
  const journeys = createWorker({ everyMs: JOURNEYS_EVERY_MS, onError: failed('journeys') }, async () => {
    await engine.journeys.reload();
    const round = await runJourneysOnce(journeyWork);
    if (round.performed > 0) sender.wake();
    return round.events + round.runs + round.customers > 0;
  });
  return {
    changed: (customerIds) => {
      refresh(customerIds);
      scorer.wake();
      journeys.wake();
    },
    deliveriesWait: sender.wake,
    privacyWaits: privacy.wake,
    stop: async () => {
      await Promise.all([
        scorer.stop(),
        counter.stop(),
        sender.stop(),
        mender.stop(),
        sweeper.stop(),
        takeUp.stop(),
        settler.stop(),
        journeys.stop(),
        privacy.stop(),
      ]);
    },
  };
}
