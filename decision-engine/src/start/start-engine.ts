import { createEmailLayouts } from '@segue/integrations';
import type { PropensityModel } from '@segue/models';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { sealSecondFactors } from '../access/seal-second-factors.js';
import { readSecretKey } from '../access/secret-key.js';
import { agentOfSession } from '../access/sessions.js';
import { createVault } from '../access/vault.js';
import { createRunning, type Running } from '../api/running.js';
import { createServer } from '../api/server.js';
import { watchRules } from '../catalogue-store/watch-rules.js';
import { connectChannels } from '../channels/connect-channels.js';
import type { Config } from '../config.js';
import { createCustomerMemory } from '../customers/customer-memory.js';
import { rebuildFeatures } from '../customers/rebuild-features.js';
import { timeOrderedId } from '../decisions/record-id.js';
import { createTreatmentWriter } from '../decisions/treatment-text.js';
import { createSendingPace } from '../deliveries/sending-pace.js';
import { createEmailComposer } from '../emails/compose-email.js';
import type { Engine } from '../engine/engine.js';
import { createTurns } from '../engine/take-turns.js';
import { recoverIngest } from '../events/ingest-events.js';
import { scoreAnewAfterUpdate } from '../inbox/score-anew.js';
import { scoreAll } from '../inbox/score-customers.js';
import { Jobs } from '../jobs/jobs.js';
import type { Replay } from '../journeys/manage/replay-entries.js';
import { createJourneyRegistry } from '../journeys/runtime/journey-registry.js';
import { createLearner } from '../learning/learner.js';
import { createCustomerLinks } from '../links/customer-links.js';
import { createLinkSigner } from '../links/link-signer.js';
import { messageSenderOf } from '../links/message-sender.js';
import { createLiveServer } from '../live/live-server.js';
import { readOfferCodes } from '../offers/offer-codes.js';
import { watchScorers } from '../scoring/watch-scorers.js';
import { tellAllCrossings } from '../segments/tell-crossings.js';
import { consoleUrlOf, signOnOf } from '../sign-on/sign-on-of.js';
import type { Simulation } from '../simulation/simulate-base.js';
import { openStore } from '../store/store.js';
import { startBackgroundWork } from './background-work.js';
import { installDemoJourneys } from './demo-journeys.js';
import { createFirstAccess } from './first-access.js';
import { type LiveDemo, openLiveDemo } from './open-live-demo.js';
import type { TellParent } from './parent.js';
import { addDemoCatalogue } from './seed-catalogue.js';
import { DEMO_SEED, type PlayedYear, seedDemoShop } from './seed-demo.js';
import { trainMissingModels } from './train-missing-models.js';

export type StartedEngine = { readonly url: string; stop(): Promise<void> };

export type StartOptions = {
  readonly config: Config;
  readonly log: Logger;
  readonly tell: TellParent;
  readonly clock: () => Date;
  /** Adds routes beside the API's: a bench compares with them. */
  readonly addRoutes?: (server: FastifyInstance, running: () => Running | null) => Promise<void>;
  /** The environment, for the processes it starts. */
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * Starts the engine: listens first, so that `/healthz` can say how far the start is, then opens the store, mends what
 * a crash left, makes what a first start needs, and begins to answer.
 */
export async function startEngine({
  config,
  log,
  tell,
  clock,
  env,
  addRoutes,
}: StartOptions): Promise<StartedEngine> {
  let running: Running | null = null;
  let phase = 'opening the store';
  const consoleUrl = config.consoleUrl?.replace(/\/+$/, '') ?? null;
  const server = await createServer({
    config,
    signOn: signOnOf(config),
    zendesk:
      config.zendesk === null ? undefined : { settings: config.zendesk, consoleUrl: consoleUrlOf(config) },
    log,
    running: () => running,
    readiness: () => ({ ready: running !== null, phase }),
  });
  await addRoutes?.(server, () => running);
  await server.listen({ host: config.host, port: config.port });
  const progress = (name: string) => {
    phase = name;
    return (done: number, total: number | null, note = '') =>
      tell({ type: 'progress', phase: name, done, total, note });
  };

  const store = await openStore(config.mongodbUri);
  await rebuildFeatures(store, progress('Rebuilding the features'));
  await recoverIngest(store);
  const vault = createVault(await readSecretKey(config.secretKey, config.dataFolder));
  await sealSecondFactors(store, vault);
  const newId = timeOrderedId;
  const access = await createFirstAccess(store, { now: clock(), newId });
  if (access !== null) tell({ type: 'secret', ...access });
  let played: PlayedYear | null = null;
  if (config.demo) {
    const seeding = progress('Filling the demo shop');
    await addDemoCatalogue(store, clock());
    played = await seedDemoShop(store, {
      customers: config.demoCustomers,
      now: clock(),
      onProgress: (share, note) => seeding(Math.round(share * 100), 100, note),
    });
  }
  await trainMissingModels({ config, log, env, now: clock(), onProgress: progress('Training the models') });

  let learning: PropensityModel | null = null;
  const learner = createLearner({ store, model: () => learning, clock, log });
  const scorers = await watchScorers({
    folder: config.modelsFolder,
    log,
    connection: store.connection,
    beforeServing: async (model) => {
      await learner.restore(model);
      learning = model;
    },
  });
  const journeys = createJourneyRegistry(store, {
    endpoints: config.webhooks,
    onProblem: (problem) => log.error(problem, 'a published journey can not be used by this version'),
  });
  await journeys.reload();
  const live = createLiveServer({
    http: server.server,
    config,
    agentOf: (token) => agentOfSession(store, token, clock()),
  });
  const rules = await watchRules({ store, log });
  const links = createCustomerLinks(
    createLinkSigner(store, clock),
    config.publicApiUrl ?? `http://localhost:${config.port}`,
  );
  const sender = messageSenderOf(config);
  const offerCodes = await readOfferCodes(store, clock());
  const composing = { links, sender, offerCodes, rules: rules.current, layouts: createEmailLayouts() };
  const channels = connectChannels(config.channels, { email: createEmailComposer(composing) });
  const simulations = new Jobs<Simulation>((error) => log.error({ err: error }, 'a simulation failed'));
  const replays = new Jobs<Replay>((error) => log.error({ err: error }, 'a replay failed'));
  const engine: Engine = {
    store,
    vault,
    log,
    clock,
    newId,
    customers: createCustomerMemory(store),
    turns: createTurns(),
    write: createTreatmentWriter(offerCodes),
    offerCodes,
    rules: rules.current,
    reloadRules: rules.reload,
    scorers: scorers.current,
    learner,
    journeys,
    live,
    pace: createSendingPace(config.sendingLimits),
    simulations,
    replays,
    channels,
    ...(consoleUrl === null ? {} : { consoleUrl }),
    modelsFolder: config.modelsFolder,
    links,
    sender,
  };
  if (played !== null) await installDemoJourneys(engine);
  await scoreAnewAfterUpdate(store, clock());
  const scoring = progress('Scoring customers');
  const customers = await store.customers.estimatedDocumentCount();
  const scoreEverybody = () => scoreAll(engine, (done) => scoring(done, Math.max(done, customers)));
  await scoreEverybody();
  // Whoever opens the demo shop finds it at rest: who is in which segment has been told.
  if (played !== null && (await tellAllCrossings(engine)) > 0) await scoreEverybody();

  const background = startBackgroundWork(engine);
  running = createRunning(engine, background, config.rateLimit);
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const url = `http://${config.host}:${port}`;
  tell({ type: 'ready' });
  log.info({ url }, 'ready');
  const liveDemo: LiveDemo | null =
    played === null || !config.demoLive
      ? null
      : await openLiveDemo(engine, {
          apiUrl: url,
          seed: DEMO_SEED,
          customers: config.demoCustomers,
          start: played.start.toISOString(),
          end: played.end.toISOString(),
        });
  return {
    url,
    stop: async () => {
      simulations.stopAll();
      replays.stopAll();
      await liveDemo?.stop();
      await live.close();
      await server.close();
      await background.stop();
      await rules.close();
      scorers.close();
      await channels.close();
      await store.connection.close();
    },
  };
}
