import { createHash } from 'node:crypto';
import { type Collection, MongoClient } from 'mongodb';
import { seededRandom } from './seeded-random.js';
import { spawnServer } from './spawn-server.js';

/** What a trial found. */
export interface KillReport {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly halfDocuments: number;
  readonly indexErrors: number;
  readonly slowestStartMs: number;
}

interface Note {
  readonly _id: string;
  readonly writer: number;
  readonly body: string;
  readonly hash: string;
}

interface Counter {
  readonly _id: string;
  readonly n: number;
}

/** What was acknowledged to the writers. */
interface Acknowledged {
  readonly inserted: Set<string>;
  readonly counters: number[];
}

const WRITERS = 8;

/**
 * Kills a server under the load of eight writers, again and again, and after each start looks for every write that was
 * acknowledged. The seed decides the sizes and the moments.
 */
export async function killRounds(options: {
  readonly dataDir: string;
  readonly rounds: number;
  readonly seed: number;
  readonly onRound?: (round: number) => void;
}): Promise<KillReport> {
  const random = seededRandom(options.seed);
  const known: Acknowledged = { inserted: new Set(), counters: Array.from({ length: WRITERS }, () => 0) };
  const totals = { lost: 0, halfDocuments: 0, indexErrors: 0, slowestStartMs: 0 };
  for (let round = 0; round <= options.rounds; round++) {
    const server = await spawnServer(options.dataDir);
    totals.slowestStartMs = Math.max(totals.slowestStartMs, server.startMs);
    const client = new MongoClient(server.uri, {
      maxPoolSize: WRITERS + 2,
      retryWrites: false,
      serverSelectionTimeoutMS: 5000,
    });
    try {
      const db = client.db('trial');
      const notes = db.collection<Note>('notes');
      if (round === 0) await notes.createIndex({ writer: 1, hash: 1 });
      else await check(notes, db.collection<Counter>('counters'), { known, totals });
      if (round < options.rounds) {
        const load = Array.from({ length: WRITERS }, (_, writer) =>
          write(writer, { client, known, round, random }),
        );
        await new Promise((resolve) => setTimeout(resolve, 30 + random() * 250));
        await server.kill();
        await Promise.all(load);
      }
    } finally {
      await client.close(true);
      if (server.process.exitCode === null && server.process.signalCode === null) await server.kill();
    }
    options.onRound?.(round);
  }
  return {
    rounds: options.rounds,
    acknowledged: known.inserted.size + known.counters.reduce((sum, n) => sum + n, 0),
    ...totals,
  };
}

/** Writes until the server is gone. */
async function write(
  writer: number,
  {
    client,
    known,
    round,
    random,
  }: { client: MongoClient; known: Acknowledged; round: number; random: () => number },
): Promise<void> {
  const db = client.db('trial');
  try {
    for (let n = 0; ; n++) {
      const body = 'x'.repeat(Math.floor(random() * 3000)) + n;
      const note: Note = { _id: `${round}-${writer}-${n}`, writer, body, hash: hashOf(body) };
      await db.collection<Note>('notes').insertOne(note, { writeConcern: { w: 1, journal: true } });
      known.inserted.add(note._id);
      await db
        .collection<Counter>('counters')
        .updateOne({ _id: `w${writer}` }, { $inc: { n: 1 } }, { upsert: true });
      known.counters[writer] = (known.counters[writer] ?? 0) + 1;
    }
  } catch {
    // the server was killed: what was not acknowledged may or may not be there
  }
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

async function check(
  notes: Collection<Note>,
  counters: Collection<Counter>,
  {
    known,
    totals,
  }: { known: Acknowledged; totals: { lost: number; halfDocuments: number; indexErrors: number } },
): Promise<void> {
  const missing = new Set(known.inserted);
  let found = 0;
  for await (const note of notes.find()) {
    found++;
    missing.delete(note._id);
    if (hashOf(note.body) !== note.hash) totals.halfDocuments++;
  }
  totals.lost += missing.size;
  for (const [writer, n] of known.counters.entries()) {
    const counter = await counters.findOne({ _id: `w${writer}` });
    if ((counter?.n ?? 0) < n) totals.lost++;
  }
  const byIndex = await notes.countDocuments({ writer: { $gte: 0 } }, { hint: { writer: 1, hash: 1 } });
  if (byIndex !== found || (await notes.estimatedDocumentCount()) !== found) totals.indexErrors++;
}
