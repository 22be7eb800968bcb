import type { Logger } from 'pino';
import type { Vault } from '../access/vault.js';
import type { ChannelRegistry } from '../channels/channel-registry.js';
import type { CustomerMemory } from '../customers/customer-memory.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import type { NewId } from '../decisions/record-id.js';
import type { TreatmentWriter } from '../decisions/treatment-text.js';
import type { SendingPace } from '../deliveries/sending-pace.js';
import type { Jobs } from '../jobs/jobs.js';
import type { Replay } from '../journeys/manage/replay-entries.js';
import type { JourneyRegistry } from '../journeys/runtime/journey-registry.js';
import type { Learner } from '../learning/learner.js';
import type { CustomerLinks } from '../links/customer-links.js';
import type { MessageSender } from '../links/message-sender.js';
import type { LivePublisher } from '../live/live-publisher.js';
import type { OfferCodes } from '../offers/offer-codes.js';
import type { Scorers } from '../scoring/scorers.js';
import type { Simulation } from '../simulation/simulate-base.js';
import type { Store } from '../store/store.js';
import type { Turns } from './take-turns.js';

/** Everything the engine's services are handed. Rules and scorers are read anew each time: they change while it runs. */
export type Engine = {
  readonly store: Store;
  /** Seals what people's accounts need and the database alone must not tell. */
  readonly vault: Vault;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly newId: NewId;
  readonly write: TreatmentWriter;
  readonly offerCodes: OfferCodes;
  readonly rules: () => DecidingRules;
  /** Takes up the latest revision of the catalogue now. */
  readonly reloadRules: () => Promise<void>;
  readonly scorers: () => Scorers;
  /** Learns from outcomes as they come in; absent where nothing learns. */
  readonly learner?: Learner;
  /** Customers as decisions start from them. */
  readonly customers: CustomerMemory;
  /** One after the other, for each customer. */
  readonly turns: Turns;
  readonly journeys: JourneyRegistry;
  readonly live: LivePublisher;
  /** How fast messages leave, channel by channel. */
  readonly pace: SendingPace;
  readonly simulations: Jobs<Simulation>;
  /** Looks back at who would have entered a journey. */
  readonly replays: Jobs<Replay>;
  /** The channels that messages leave on, by id. */
  readonly channels: ChannelRegistry;
  /** Where people open the console; absent where nobody has told. */
  readonly consoleUrl?: string;
  /** Folder, absolute, of the trained models. */
  readonly modelsFolder: string;
  /** Signed addresses that stand in messages. */
  readonly links: CustomerLinks;
  /** Who writes, and what they follow up. */
  readonly sender: MessageSender;
};

export function actionNameIn(engine: Engine): (actionId: string) => string {
  const rules = engine.rules();
  return (actionId) => rules.action(actionId)?.name ?? actionId;
}
