import { createEmailChannel, createWebhookSender } from '@segue/integrations';
import pino from 'pino';
import { z } from 'zod';
import { createVault } from '../../access/vault.js';
import { loadRules } from '../../catalogue-store/catalogue-revisions.js';
import { createChannelRegistry } from '../../channels/channel-registry.js';
import { connectChannel } from '../../channels/connect-channel.js';
import { createCustomerMemory } from '../../customers/customer-memory.js';
import { timeOrderedId } from '../../decisions/record-id.js';
import { createTreatmentWriter } from '../../decisions/treatment-text.js';
import { createSendingPace } from '../../deliveries/sending-pace.js';
import type { Engine } from '../../engine/engine.js';
import { createTurns } from '../../engine/take-turns.js';
import { recoverIngest } from '../../events/ingest-events.js';
import { Jobs } from '../../jobs/jobs.js';
import { createCustomerLinks } from '../../links/customer-links.js';
import { createLinkSigner } from '../../links/link-signer.js';
import { SILENT_PUBLISHER } from '../../live/live-publisher.js';
import { createOfferCodes } from '../../offers/offer-codes.js';
import { NO_SCORERS } from '../../scoring/scorers.js';
import { startBackgroundWork } from '../../start/background-work.js';
import { openStore } from '../../store/store.js';
import { NO_MODELS_FOLDER } from '../../testing/no-models-folder.js';
import { createJourneyRegistry } from '../runtime/journey-registry.js';
import { trialEndpoints } from './trial-endpoints.js';

/** The engine's background work as it runs, in a process that a trial can kill: no HTTP, no models. */
const [mongodbUri, smtpUrl, hookUrl] = z
  .tuple([z.string(), z.string(), z.string()])
  .parse(process.argv.slice(2));
const store = await openStore(mongodbUri);
await recoverIngest(store);
const rules = await loadRules(store);
if (rules === null) throw new Error('Expected the trial to have stored a catalogue');
const journeys = createJourneyRegistry(store, { endpoints: trialEndpoints(hookUrl) });
await journeys.reload();
const engine: Engine = {
  store,
  vault: createVault(Buffer.alloc(32, 1)),
  log: pino({ level: 'error' }, pino.destination(2)),
  clock: () => new Date(),
  newId: timeOrderedId,
  customers: createCustomerMemory(store),
  turns: createTurns(),
  write: createTreatmentWriter(),
  offerCodes: createOfferCodes('trial'),
  rules: () => rules,
  reloadRules: () => Promise.resolve(),
  scorers: () => NO_SCORERS,
  journeys,
  live: SILENT_PUBLISHER,
  pace: createSendingPace(),
  simulations: new Jobs(() => undefined),
  replays: new Jobs(() => undefined),
  channels: createChannelRegistry([
    connectChannel(createEmailChannel({ smtpUrl, from: 'Shop <shop@example.com>' }), {
      configured: true,
      detail: '',
    }),
  ]),
  modelsFolder: NO_MODELS_FOLDER,
  links: createCustomerLinks(
    createLinkSigner(store, () => new Date()),
    'https://shop.example',
  ),
  sender: { name: 'Shop', postalAddress: '', trackClicks: true, trackOpens: false },
};
// The receiver of the trial is on this machine, which no receiver outside a trial may be.
const sendWebhook = createWebhookSender({ now: engine.clock, allowPrivate: true });
startBackgroundWork(engine, { engine, sendWebhook });
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
