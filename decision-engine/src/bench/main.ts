import { createApiKey } from '../access/api-keys.js';
import { addRevision } from '../catalogue-store/catalogue-revisions.js';
import { loadConfig } from '../config.js';
import { createLog } from '../start/log.js';
import { startEngine } from '../start/start-engine.js';
import { openStore } from '../store/store.js';
import { BENCH_POLICIES, benchActions } from './bench-catalogue.js';
import { addBenchCustomers } from './bench-customers.js';
import type { BenchServerReady } from './bench-message.js';
import { addBenchRoutes } from './bench-routes.js';

// The engine as it runs, in a process of its own, with a catalogue and customers for the bench.

const ACTIONS = 50;
const CUSTOMERS = 500;
/** A Sunday noon: nothing is quiet, so that every rule passes and every candidate is scored. */
const NOON = Date.parse('2026-11-22T12:00:00Z');

const began = performance.now();
const clock = (): Date => new Date(NOON + performance.now() - began);
const config = { ...loadConfig(process.env), port: 0, demo: false };

async function seed(): Promise<Omit<BenchServerReady, 'url'>> {
  const store = await openStore(config.mongodbUri);
  try {
    await addRevision(store, {
      actions: benchActions(ACTIONS),
      // Room is given back at once: else each customer could be asked about three times a week and no more.
      policies: { ...BENCH_POLICIES, contact: { ...BENCH_POLICIES.contact, reservedFor: '1s' } },
      author: 'bench',
      now: clock(),
    });
    const customerIds = await addBenchCustomers(store, { count: CUSTOMERS, now: clock() });
    const key = await createApiKey(store, { name: 'bench', scopes: ['decide'], now: clock() });
    return { key, customerIds };
  } finally {
    await store.connection.close();
  }
}

const seeded = await seed();
const engine = await startEngine({
  config,
  log: createLog(config.logLevel),
  tell: () => {},
  clock,
  env: process.env,
  addRoutes: addBenchRoutes,
});
process.send?.({ ...seeded, url: engine.url } satisfies BenchServerReady);
process.on('disconnect', () => {
  void engine.stop().then(() => process.exit(0));
});
