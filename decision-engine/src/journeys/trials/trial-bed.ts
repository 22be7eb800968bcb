import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { InboundEvent } from '@segue/integrations';
import { addRevision, loadRules } from '../../catalogue-store/catalogue-revisions.js';
import { ingestEvents } from '../../events/ingest-events.js';
import { openStore, type Store } from '../../store/store.js';
import type { JourneyInput } from '../definition/journey.js';
import { publishJourney } from '../manage/publish-journey.js';
import { createJourneyRegistry } from '../runtime/journey-registry.js';
import { trialEndpoints } from './trial-endpoints.js';

const ENGINE = fileURLToPath(new URL('./engine-main.js', import.meta.url));

export type MessageCounter = {
  readonly url: string;
  /** How often each Message-ID was accepted. */
  readonly counts: ReadonlyMap<string, number>;
  close(): Promise<void>;
};

/** As much of SMTP as a client needs to hand a message over; every message is accepted and counted by its Message-ID. */
export async function startMessageCounter(): Promise<MessageCounter> {
  const counts = new Map<string, number>();
  const converse = (socket: Socket): void => {
    let buffer = '';
    let inData = false;
    const answer = (line: string): void => void socket.write(`${line}\r\n`);
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      buffer += String(chunk);
      for (;;) {
        const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          const id =
            /^Message-ID: *(?<id>\S+)/im.exec(text.replace(/\r\n[ \t]+/g, ' '))?.groups?.['id'] ?? '';
          counts.set(id, (counts.get(id) ?? 0) + 1);
          answer('250 taken');
        } else if (/^DATA/i.test(text)) {
          inData = true;
          answer('354 go on');
        } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
        else answer('250 ok');
      }
    });
    answer('220 counter');
  };
  const server = createServer(converse).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    counts,
    close: async () => {
      server.close();
      await Promise.resolve();
    },
  };
}

export type TrialBed = {
  readonly store: Store;
  /** Starts the engine's background work in a process of its own; resolves when it works. */
  startEngine(): Promise<ChildProcess>;
  close(): Promise<void>;
};

const ACTIONS = [
  {
    actionId: 'trial-message',
    name: 'Send the message of the trial',
    issue: 'trial',
    group: 'trial',
    class: 'transactional',
    value: { type: 'fixed', amount: 1 },
    treatments: [
      { treatmentId: 'trial-email', channel: 'email', title: 'Trial', subject: 'Trial', body: 'Hello' },
    ],
  },
];

/** An empty database with one action, one journey and customers who can be written to. */
export async function layTrialBed(
  mongodbUri: string,
  options: {
    readonly smtpUrl: string;
    /** The receiver that journeys may call as "trial". */
    readonly hookUrl: string;
    readonly journey: JourneyInput;
    readonly customers: number;
    readonly onProgress: (customers: number) => void;
  },
): Promise<TrialBed> {
  const store = await openStore(mongodbUri);
  const now = new Date();
  await addRevision(store, { actions: ACTIONS, policies: {}, author: 'trial', now });
  const rules = await loadRules(store);
  if (rules === null) throw new Error('Expected the catalogue of the trial to be stored');
  const engine = {
    store,
    rules: () => rules,
    journeys: createJourneyRegistry(store, { endpoints: trialEndpoints(options.hookUrl) }),
    clock: () => new Date(),
  };
  const published = await publishJourney(engine, { definition: options.journey, author: 'trial' });
  if (published.kind === 'invalid') throw new Error(published.problems.join('\n'));
  for (let made = 0; made < options.customers; made += 250) {
    const batch = Array.from(
      { length: Math.min(250, options.customers - made) },
      (_, index): InboundEvent => {
        const userId = `u-${made + index}`;
        return {
          messageId: `identify ${userId}`,
          type: 'identify',
          name: '',
          userId,
          timestamp: now,
          receivedAt: now,
          properties: {},
          traits: { email: `${userId}@example.com` },
          context: {},
        };
      },
    );
    await ingestEvents(store, batch);
    options.onProgress(made + batch.length);
  }
  return {
    store,
    startEngine: async () => {
      const child = fork(ENGINE, [mongodbUri, options.smtpUrl, options.hookUrl], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() =>
          Promise.reject(new Error('The engine of the trial ended before it worked')),
        ),
      ]);
      return child;
    },
    close: () => store.connection.close(),
  };
}

/** Resident memory of a process in megabytes; null where the system doesn't tell. */
export async function residentMb(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kb = /^VmRSS:\s*(?<kb>\d+) kB/m.exec(status)?.groups?.['kb'];
  return kb === undefined ? null : Math.round(Number(kb) / 1024);
}
