import { randomBytes } from 'node:crypto';
import { serialize } from 'bson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frame, message, RawClient } from '../testing/raw-client.js';
import { type TemporaryServer, temporaryServer } from '../testing/temporary-server.js';
import { seededRandom } from '../trials/seeded-random.js';

const MB = 1024 * 1024;
const SEED = 42;
let server: TemporaryServer;

beforeAll(async () => {
  server = await temporaryServer();
});
afterAll(() => server.close());

/** Sends bytes on a connection of their own, waits for the answer or the end, and goes. */
async function throwAt(bytes: Buffer, { end = true } = {}): Promise<unknown> {
  const client = await RawClient.connect(server.port);
  client.send(bytes);
  if (end) client.socket.end();
  const answer = await client.answer();
  client.close();
  return answer;
}

async function isAlive(): Promise<boolean> {
  const client = await RawClient.connect(server.port);
  const answer = await client.ask({ ping: 1, $db: 'admin' });
  client.close();
  return answer?.['ok'] === 1;
}

describe('the server stays up', () => {
  it('when random bytes arrive', { timeout: 60_000 }, async () => {
    const random = seededRandom(SEED);
    for (let round = 0; round < 150; round++) {
      await throwAt(
        Buffer.from(Array.from({ length: 1 + Math.floor(random() * 300) }, () => Math.floor(random() * 256))),
      );
    }
    expect(await isAlive()).toBe(true);
  });

  it('when good messages are changed at random places', { timeout: 60_000 }, async () => {
    const random = seededRandom(SEED);
    const bodies = [
      { find: 'c', filter: { a: { $gt: 1 }, b: [1, { c: 'x' }] }, $db: 'fuzz' },
      { insert: 'c', documents: [{ _id: 1, a: [1, 2], d: new Date(0) }], $db: 'fuzz' },
      {
        update: 'c',
        updates: [{ q: { a: 1 }, u: { $push: { b: { $each: [1], $slice: 2 } } }, upsert: true }],
        $db: 'fuzz',
      },
      {
        aggregate: 'c',
        pipeline: [{ $group: { _id: '$a', n: { $sum: 1 } } }, { $sort: { n: -1 } }],
        cursor: {},
        $db: 'fuzz',
      },
    ];
    for (let round = 0; round < 400; round++) {
      const bytes = message(bodies[round % bodies.length] ?? {});
      for (let change = 0; change < 1 + random() * 3; change++)
        bytes[4 + Math.floor(random() * (bytes.length - 4))] = Math.floor(random() * 256);
      await throwAt(bytes);
    }
    expect(await isAlive()).toBe(true);
  });

  it('when messages end in the middle', { timeout: 60_000 }, async () => {
    const whole = message({ find: 'c', filter: { a: 1 }, $db: 'fuzz' });
    for (let length = 1; length < whole.length; length += 3) await throwAt(whole.subarray(0, length));
    expect(await isAlive()).toBe(true);
  });

  it('when lengths lie', async () => {
    for (const length of [0, -1, 15, 16, 48_000_001, 0x7fffffff]) {
      const bytes = message({ ping: 1, $db: 'admin' });
      bytes.writeInt32LE(length, 0);
      expect(await throwAt(bytes)).toBeUndefined();
    }
    for (const length of [0, 4, 5, -5, 1000, 0x7fffffff]) {
      const document = serialize({ ping: 1, $db: 'admin' });
      Buffer.from(document.buffer).writeInt32LE(length, document.byteOffset);
      await throwAt(frame(Buffer.concat([Buffer.from([0]), document])));
      await throwAt(frame(Buffer.concat([Buffer.from([1]), document])));
    }
    expect(await isAlive()).toBe(true);
  });

  it('when documents are nested deeply', async () => {
    let nested: Buffer = Buffer.from(serialize({}));
    for (let depth = 0; depth < 5000; depth++) {
      const head = Buffer.alloc(7);
      head.writeInt32LE(nested.length + 8, 0);
      head[4] = 3;
      head[5] = 97;
      nested = Buffer.concat([head, nested, Buffer.from([0])]);
    }
    await throwAt(frame(Buffer.concat([Buffer.from([0]), nested])));
    const client = await RawClient.connect(server.port);
    let filter: Record<string, unknown> = { a: 1 };
    for (let depth = 0; depth < 80; depth++) filter = { $and: [filter] };
    expect(await client.ask({ find: 'c', filter, $db: 'fuzz' })).toMatchObject({ ok: 1 });
    client.close();
    expect(await isAlive()).toBe(true);
  });

  it('keeping little memory for a message that is announced and does not come', async () => {
    const before = process.memoryUsage().rss;
    const clients = await Promise.all(Array.from({ length: 50 }, () => RawClient.connect(server.port)));
    for (const client of clients) {
      const bytes = message({ ping: 1, $db: 'admin' });
      bytes.writeInt32LE(47_000_000, 0);
      client.send(bytes);
    }
    expect(await isAlive()).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB);
    for (const client of clients) client.close();
  });

  it('when clients go in the middle of an answer', { timeout: 30_000 }, async () => {
    const setup = await RawClient.connect(server.port);
    for (let i = 0; i < 20; i++)
      await setup.ask({ insert: 'large', documents: [{ data: randomBytes(500_000) }], $db: 'fuzz' });
    setup.close();
    for (let i = 0; i < 10; i++) {
      const client = await RawClient.connect(server.port);
      client.send(message({ find: 'large', $db: 'fuzz' }));
      client.socket.destroy();
    }
    expect(await isAlive()).toBe(true);
  });

  it('and others are served while 500 connections are idle', { timeout: 30_000 }, async () => {
    const idle = await Promise.all(Array.from({ length: 500 }, () => RawClient.connect(server.port)));
    expect(await isAlive()).toBe(true);
    for (const client of idle) client.close();
  });
});

describe('OP_MSG', () => {
  it('is checked against its checksum', async () => {
    expect(
      await throwAt(message({ ping: 1, $db: 'admin' }, { checksum: true }), { end: false }),
    ).toMatchObject({ ok: 1 });
    const wrong = message({ ping: 1, $db: 'admin' }, { checksum: true });
    wrong[wrong.length - 1] = (wrong[wrong.length - 1] ?? 0) ^ 1;
    expect(await throwAt(wrong)).toBeUndefined();
  });

  it('with moreToCome is not answered', async () => {
    const client = await RawClient.connect(server.port);
    client.send(message({ insert: 'quiet', documents: [{ _id: 1 }], $db: 'fuzz' }, { flags: 2 }));
    expect(await client.ask({ count: 'quiet', $db: 'fuzz' })).toMatchObject({ n: 1, ok: 1 });
    client.close();
  });

  it('may come in pieces, and two at once', async () => {
    const client = await RawClient.connect(server.port);
    const bytes = Buffer.concat([message({ ping: 1, $db: 'admin' }), message({ hello: 1, $db: 'admin' })]);
    for (const byte of bytes) client.send(Buffer.from([byte]));
    expect(await client.answer()).toMatchObject({ ok: 1 });
    expect(await client.answer()).toMatchObject({ isWritablePrimary: true, maxWireVersion: 25 });
    client.close();
  });

  it('with an unknown command is answered with code 59', async () => {
    const client = await RawClient.connect(server.port);
    expect(await client.ask({ fly: 1, $db: 'admin' })).toMatchObject({
      ok: 0,
      code: 59,
      codeName: 'CommandNotFound',
    });
    client.close();
  });

  it('refuses a document over 16 MB with code 10334', { timeout: 30_000 }, async () => {
    const client = await RawClient.connect(server.port);
    const answer = await client.ask({
      insert: 'big',
      documents: [{ _id: 1, data: Buffer.alloc(17 * MB) }],
      $db: 'fuzz',
    });
    expect(answer?.['writeErrors']?.[0] ?? answer).toMatchObject({ code: 10334 });
    client.close();
  });
});
