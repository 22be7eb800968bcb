import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrderTableFormat, type InboundEvent, ONLINE_RETAIL, openBytes } from '@segue/integrations';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ingestEvents } from '../events/ingest-events.js';
import type { Store } from '../store/store.js';
import { openTestStore } from '../testing/test-store.js';
import { createRejectedFile } from './rejected-file.js';
import { type RunImportOptions, runImport } from './run-import.js';
import { createStoredCheckpoints } from './stored-checkpoint.js';

const NOW = new Date('2025-06-01T12:00:00Z');
const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** 60 invoices of 12 customers, three lines each, one line of them broken. */
function orderLines(): string {
  const rows = Array.from({ length: 180 }, (_, i) => {
    const invoice = Math.floor(i / 3);
    const day = String(1 + (invoice % 28)).padStart(2, '0');
    const price = i === 100 ? 'free' : `${(i % 7) + 0.5}`;
    return `${5000 + invoice},S${i % 9},ITEM ${i % 9},${1 + (i % 4)},2011-03-${day} 10:0${i % 3}:00,${price},${100 + (invoice % 12)}.0,France`;
  });
  return [HEADER, ...rows].join('\n');
}

let folder = '';
let file = '';
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segue-import-store-'));
  file = join(folder, 'orders.csv');
  await writeFile(file, orderLines());
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function openStoreForTest(): Promise<Store> {
  const { store, close } = await openTestStore();
  closers.push(close);
  return store;
}

type Ingest = (events: readonly InboundEvent[]) => ReturnType<RunImportOptions['ingest']>;

async function importInto(store: Store, ingest: Ingest = (events) => ingestEvents(store, events)) {
  return runImport({
    source: await openBytes(file),
    format: createOrderTableFormat({ id: 'online-retail', mapping: ONLINE_RETAIL, keepGuests: false }),
    ingest,
    checkpoints: createStoredCheckpoints(store, () => NOW),
    rejected: createRejectedFile(join(folder, 'rejected.csv')),
    now: () => NOW,
    signal: new AbortController().signal,
    batchSize: 7,
  });
}

/** All that is stored of events and customers, customers named by who they are, since their ids are drawn at random. */
async function stateOf(store: Store) {
  const events = await store.events.find().sort({ _id: 1 }).lean();
  const customers = await store.customers.find().lean();
  const identities = await store.identities.find().sort({ _id: 1 }).lean();
  const nameOf = new Map(identities.map(({ _id, customerId }) => [String(customerId), String(_id)]));
  const named = <Document extends object>(document: Document, customerId: string) => {
    const text = JSON.stringify(document).replaceAll(customerId, nameOf.get(customerId) ?? 'nobody');
    // Revisions count the saves, which a repeated batch may add to.
    return text.replaceAll(/"(revision|updatedAt|createdAt)":("[^"]*"|\d+),?/g, '');
  };
  return {
    events: events.map((event) => named(event, event.customerId)),
    customers: customers.map((customer) => named(customer, customer._id)).sort(),
    identities: identities.map(({ _id }) => String(_id)),
  };
}

it('makes customers of an order file, and nothing more of it the second time', {
  timeout: 60_000,
}, async () => {
  const store = await openStoreForTest();
  expect(await importInto(store)).toEqual({
    status: 'imported',
    resumedAtEvent: 0,
    counts: {
      rows: 180,
      orders: 60,
      customers: 12,
      guestOrders: 0,
      rejected: 1,
      accepted: 72,
      duplicates: 0,
    },
  });
  expect(await store.customers.countDocuments()).toBe(12);
  expect(await store.events.countDocuments({ name: 'Order Completed' })).toBe(60);
  expect(await store.events.countDocuments({ pending: true })).toBe(0);
  const before = await stateOf(store);
  expect(await importInto(store)).toMatchObject({ status: 'already-imported' });
  expect(await stateOf(store)).toEqual(before);
});

it('leaves the state of one clean run when it dies before, in or after a batch and is run again', {
  timeout: 120_000,
}, async () => {
  const clean = await openStoreForTest();
  await importInto(clean);
  const expected = await stateOf(clean);
  for (const stored of ['nothing', 'half', 'all'] as const) {
    const store = await openStoreForTest();
    let batches = 0;
    const dying: Ingest = async (events) => {
      batches += 1;
      if (batches < 4) return ingestEvents(store, events);
      if (stored === 'half') await ingestEvents(store, events.slice(0, 3));
      if (stored === 'all') await ingestEvents(store, events);
      throw new Error('killed');
    };
    await expect(importInto(store, dying)).rejects.toThrow('killed');
    expect(await importInto(store)).toMatchObject({
      status: 'imported',
      resumedAtEvent: 21,
      counts: { orders: 60, rejected: 1 },
    });
    expect(await stateOf(store), `${stored} of the batch was stored`).toEqual(expected);
  }
});
