import type { AddressInfo } from 'node:net';
import type { Channel } from '@segue/integrations';
import pino from 'pino';
import { createAgent } from '../access/agents.js';
import { API_KEY_SCOPES, type ApiKeyScope } from '../access/api-key-document.js';
import { createApiKey } from '../access/api-keys.js';
import { agentOfSession } from '../access/sessions.js';
import { createVault } from '../access/vault.js';
import type { RateLimit } from '../api/rate-limit.js';
import { createRunning, type Running } from '../api/running.js';
import { createServer } from '../api/server.js';
import type { EngineChannel } from '../channels/channel-registry.js';
import { createCustomerMemory } from '../customers/customer-memory.js';
import { timeOrderedId } from '../decisions/record-id.js';
import { createTreatmentWriter } from '../decisions/treatment-text.js';
import { createSendingPace } from '../deliveries/sending-pace.js';
import type { Engine } from '../engine/engine.js';
import { createTurns } from '../engine/take-turns.js';
import { Jobs } from '../jobs/jobs.js';
import { createJourneyRegistry } from '../journeys/runtime/journey-registry.js';
import { createLiveServer } from '../live/live-server.js';
import type { ZendeskSidebar } from '../plugin/serve-zendesk.js';
import { NO_SCORERS } from '../scoring/scorers.js';
import type { SegmentInput } from '../segments/segment.js';
import type { SignOn } from '../sign-on/serve-sign-on.js';
import { startBackgroundWork } from '../start/background-work.js';
import { NO_MODELS_FOLDER } from './no-models-folder.js';
import { testChannelSettings } from './test-channel-settings.js';
import { testChannels } from './test-channels.js';
import { testCorrespondence } from './test-correspondence.js';
import { testRules } from './test-rules.js';
import { openTestStore } from './test-store.js';

export const TEST_AGENT = { email: 'ada@example.com', password: 'correct horse battery' };

export type TestProduct = {
  readonly url: string;
  readonly engine: Engine;
  /** A key with every scope. */
  readonly key: string;
  newKey(scopes: readonly ApiKeyScope[]): Promise<string>;
  close(): Promise<void>;
};

/** The engine as it runs, on a free port with a store of its own, a catalogue of three actions and no models. */
export async function startTestProduct({
  email,
  channels = [],
  segments = [],
  rateLimit = null,
  modelsFolder = NO_MODELS_FOLDER,
  signOn,
  zendesk,
}: {
  readonly email?: Channel;
  /** Others than e-mail. */
  readonly channels?: readonly (Channel | EngineChannel)[];
  readonly segments?: readonly SegmentInput[];
  readonly rateLimit?: RateLimit | null;
  readonly modelsFolder?: string;
  /** Of single sign-on. */
  readonly signOn?: SignOn;
  readonly zendesk?: ZendeskSidebar;
} = {}): Promise<TestProduct> {
  const { store, close } = await openTestStore();
  const log = pino({ level: 'silent' });
  const clock = () => new Date();
  const config = { consoleUrl: null, consolePort: 3999, demo: true, channels: testChannelSettings() };
  let running: Running | null = null;
  const server = await createServer({
    config,
    signOn,
    zendesk,
    log,
    running: () => running,
    readiness: () => ({ ready: running !== null, phase: 'test' }),
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const baseUrl = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const live = createLiveServer({
    http: server.server,
    config,
    agentOf: (token) => agentOfSession(store, token, clock()),
  });
  const rules = testRules(segments);
  const { correspondence, composeEmail } = testCorrespondence(store, {
    clock,
    publicUrl: baseUrl,
    rules: () => rules,
  });
  const engine: Engine = {
    store,
    vault: createVault(Buffer.alloc(32, 1)),
    log,
    clock,
    newId: timeOrderedId,
    customers: createCustomerMemory(store),
    turns: createTurns(),
    write: createTreatmentWriter(correspondence.offerCodes),
    rules: () => rules,
    reloadRules: () => Promise.resolve(),
    scorers: () => NO_SCORERS,
    journeys: createJourneyRegistry(store),
    live,
    pace: createSendingPace(),
    simulations: new Jobs((error) => log.error({ err: error }, 'a simulation failed')),
    replays: new Jobs((error) => log.error({ err: error }, 'a replay failed')),
    channels: testChannels(email === undefined ? channels : [email, ...channels], composeEmail),
    modelsFolder,
    ...correspondence,
  };
  const background = startBackgroundWork(engine);
  running = createRunning(engine, background, rateLimit);
  await createAgent(store, {
    agentId: 'agt_ada',
    name: 'Ada',
    role: 'agent',
    createdAt: clock(),
    ...TEST_AGENT,
  });
  const newKey = (scopes: readonly ApiKeyScope[]) =>
    createApiKey(store, { name: `key for ${scopes.join(' ')}`, scopes, now: clock() });
  return {
    url: baseUrl,
    engine,
    key: await newKey(API_KEY_SCOPES),
    newKey,
    close: async () => {
      await live.close();
      await server.close();
      await background.stop();
      await close();
    },
  };
}
