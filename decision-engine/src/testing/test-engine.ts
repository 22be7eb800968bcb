import type { Channel, InboundEvent } from '@segue/integrations';
import pino from 'pino';
import { createVault } from '../access/vault.js';
import type { ActionInput } from '../catalogue/action.js';
import { checkContent } from '../catalogue-store/check-content.js';
import type { EngineChannel } from '../channels/channel-registry.js';
import { createCustomerMemory } from '../customers/customer-memory.js';
import { findCustomer } from '../customers/find-customer.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import { createTreatmentWriter } from '../decisions/treatment-text.js';
import { createSendingPace } from '../deliveries/sending-pace.js';
import type { Engine } from '../engine/engine.js';
import { takeEvents } from '../engine/take-events.js';
import { createTurns } from '../engine/take-turns.js';
import { Jobs } from '../jobs/jobs.js';
import { createJourneyRegistry } from '../journeys/runtime/journey-registry.js';
import { SILENT_PUBLISHER } from '../live/live-publisher.js';
import type { PoliciesInput } from '../policy/policies.js';
import { NO_SCORERS } from '../scoring/scorers.js';
import type { SegmentInput } from '../segments/segment.js';
import type { Store } from '../store/store.js';
import { NO_MODELS_FOLDER } from './no-models-folder.js';
import { testChannels } from './test-channels.js';
import { testCorrespondence } from './test-correspondence.js';
import { openTestStore } from './test-store.js';

export type TestCatalogue = {
  readonly actions: readonly ActionInput[];
  readonly policies?: PoliciesInput;
  readonly segments?: readonly SegmentInput[];
};

export type TestEngine = {
  readonly engine: Engine;
  readonly store: Store;
  /** Another catalogue from here on. */
  use(catalogue: TestCatalogue): void;
  now(): Date;
  setNow(now: Date): void;
  pass(milliseconds: number): void;
  /** Another process on the same store: it shares nothing else with the first. */
  another(): Engine;
  /** Sends one event as of now, to this engine unless another is named. */
  send(event: Partial<InboundEvent> & Pick<InboundEvent, 'type'>, to?: Engine): Promise<void>;
  /** A new customer of that name, with whatever traits; their id. */
  customer(userId: string, traits?: InboundEvent['traits']): Promise<string>;
  close(): Promise<void>;
};

function rulesOf({ actions, policies = {}, segments = [] }: TestCatalogue): DecidingRules {
  const checked = checkContent({ actions, policies, segments }, 'test');
  if (!checked.ok) throw new Error(checked.problems.join('\n'));
  return checked.rules;
}

/** The engine's services over a store of their own, with a clock that stands still and no HTTP. */
export async function startTestEngine(
  catalogue: TestCatalogue,
  {
    email,
    channels = [],
    now = new Date('2026-11-22T12:00:00Z'),
    sender,
  }: {
    readonly email?: Channel;
    /** Others than e-mail. */
    readonly channels?: readonly (Channel | EngineChannel)[];
    readonly now?: Date;
    /** What of the sender's settings is otherwise than usual. */
    readonly sender?: Partial<Engine['sender']>;
  } = {},
): Promise<TestEngine> {
  const { store, close } = await openTestStore();
  let rules = rulesOf(catalogue);
  let time = now;
  let ids = 0;
  const { correspondence, composeEmail } = testCorrespondence(store, {
    clock: () => time,
    publicUrl: 'https://shop.example',
    rules: () => rules,
    sender,
  });
  const registry = testChannels(email === undefined ? channels : [email, ...channels], composeEmail);
  const journeys = createJourneyRegistry(store);
  const create = (): Engine => ({
    store,
    vault: createVault(Buffer.alloc(32, 1)),
    log: pino({ level: 'silent' }),
    clock: () => time,
    newId: (prefix) => `${prefix}_${String(++ids).padStart(6, '0')}`,
    customers: createCustomerMemory(store),
    turns: createTurns(),
    write: createTreatmentWriter(correspondence.offerCodes),
    rules: () => rules,
    reloadRules: () => Promise.resolve(),
    scorers: () => NO_SCORERS,
    journeys,
    live: SILENT_PUBLISHER,
    pace: createSendingPace(),
    simulations: new Jobs((error) => {
      throw error;
    }),
    replays: new Jobs((error) => {
      throw error;
    }),
    channels: registry,
    modelsFolder: NO_MODELS_FOLDER,
    ...correspondence,
  });
  const engine = create();
  const send: TestEngine['send'] = async (event, to = engine) => {
    await takeEvents(to, [
      {
        messageId: `message ${++ids}`,
        name: '',
        timestamp: time,
        receivedAt: time,
        properties: {},
        traits: {},
        context: {},
        ...event,
      },
    ]);
  };
  return {
    engine,
    store,
    use: (next) => {
      rules = rulesOf(next);
    },
    now: () => time,
    setNow: (next) => {
      time = next;
    },
    pass: (milliseconds) => {
      time = new Date(time.getTime() + milliseconds);
    },
    another: create,
    send,
    customer: async (userId, traits = {}) => {
      await send({ type: 'identify', userId, traits });
      const document = await findCustomer(store, { userId });
      if (document === null) throw new Error(`Expected ${userId} to be stored`);
      return document._id;
    },
    close,
  };
}
