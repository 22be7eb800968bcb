import { auditRouter } from './audit-router.js';
import { catalogueRouter } from './catalogue-router.js';
import { channelRouter } from './channel-router.js';
import { customerRouter } from './customer-router.js';
import { decisionRouter } from './decision-router.js';
import { eventRouter } from './event-router.js';
import { inboxRouter } from './inbox-router.js';
import { journeyRouter } from './journey-router.js';
import { keyRouter } from './key-router.js';
import { experimentRouter, measureRouter } from './measure-router.js';
import { modelRouter } from './model-router.js';
import { deliveryRouter, outboxRouter } from './outbox-router.js';
import { peopleRouter } from './people-router.js';
import { offersRouter, placementRouter } from './placement-router.js';
import { privacyRouter } from './privacy-router.js';
import { profileRouter } from './profile-router.js';
import { segmentRouter } from './segment-router.js';
import { sessionRouter } from './session-router.js';
import { simulationRouter } from './simulation-router.js';
import { router } from './trpc.js';

/** Everything the console and typed clients may call. */
export const appRouter = router({
  session: sessionRouter,
  inbox: inboxRouter,
  customer: customerRouter,
  event: eventRouter,
  catalogue: catalogueRouter,
  decision: decisionRouter,
  placement: placementRouter,
  offers: offersRouter,
  simulation: simulationRouter,
  journey: journeyRouter,
  segment: segmentRouter,
  model: modelRouter,
  channel: channelRouter,
  measure: measureRouter,
  experiment: experimentRouter,
  outbox: outboxRouter,
  delivery: deliveryRouter,
  profile: profileRouter,
  people: peopleRouter,
  key: keyRouter,
  audit: auditRouter,
  privacy: privacyRouter,
});

export type AppRouter = typeof appRouter;
