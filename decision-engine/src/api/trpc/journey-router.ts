import { getReplay, playJourney, startReplay, stopReplay } from '../calls/journey-plays.js';
import { getRun, getRuns, retryAll, retryOne, stopOne } from '../calls/journey-runs.js';
import {
  changeJourneyState,
  getJourney,
  getJourneys,
  getPlaybooks,
  inspectJourney,
  publishDefinition,
  publishPlaybook,
} from '../calls/journeys.js';
import {
  checkJourneyRequest,
  dryRunRequest,
  journeyQuery,
  journeyStateRequest,
  playbookQuery,
  publishJourneyRequest,
  replayQuery,
  replayRequest,
  retryFailedRequest,
  runQuery,
  runsQuery,
} from '../shapes/journey.js';
import { callerProcedure, once, router } from './trpc.js';

const reading = callerProcedure('journeys:read');
const writing = callerProcedure('journeys:write');
const publishing = callerProcedure('journeys:publish');

export const journeyRouter = router({
  list: reading.query(({ ctx }) => getJourneys(ctx)),
  get: reading.input(journeyQuery).query(({ ctx, input }) => getJourney(ctx, input)),
  check: reading.input(checkJourneyRequest).mutation(({ ctx, input }) => inspectJourney(ctx, input)),
  publish: publishing
    .input(publishJourneyRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'publishJourney', body: input }, () => publishDefinition(ctx, input)),
    ),
  setState: publishing
    .input(journeyStateRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'setJourneyState', body: input }, () => changeJourneyState(ctx, input)),
    ),
  playbooks: reading.query(({ ctx }) => getPlaybooks(ctx)),
  installPlaybook: publishing
    .input(playbookQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'installPlaybook', body: input }, () => publishPlaybook(ctx, input)),
    ),
  dryRun: reading.input(dryRunRequest).mutation(({ ctx, input }) => playJourney(ctx, input)),
  startReplay: reading
    .input(replayRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'startReplay', body: input }, () => startReplay(ctx, input)),
    ),
  replay: reading.input(replayQuery).query(({ ctx, input }) => getReplay(ctx, input)),
  stopReplay: reading
    .input(replayQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'stopReplay', body: input }, () => stopReplay(ctx, input)),
    ),
  runs: reading.input(runsQuery).query(({ ctx, input }) => getRuns(ctx, input)),
  run: reading.input(runQuery).query(({ ctx, input }) => getRun(ctx, input)),
  retry: writing
    .input(runQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'retryRun', body: input }, () => retryOne(ctx, input)),
    ),
  stop: writing
    .input(runQuery)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'stopRun', body: input }, () => stopOne(ctx, input)),
    ),
  retryFailed: writing
    .input(retryFailedRequest)
    .mutation(({ ctx, input }) =>
      once(ctx, { operation: 'retryFailedRuns', body: input }, () => retryAll(ctx, input)),
    ),
});
