import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../testing/raw-client.js';
import { type TemporaryServer, temporaryServer } from '../testing/temporary-server.js';

let server: TemporaryServer;

beforeAll(async () => {
  server = await temporaryServer({ user: 'engine', password: 'a secret, ünd = more' });
});
afterAll(() => server.close());

const connect = (username: string, password: string): Promise<MongoClient> =>
  MongoClient.connect(server.uri, {
    auth: { username, password },
    authMechanism: 'SCRAM-SHA-256',
    serverSelectionTimeoutMS: 3000,
  });

describe('SCRAM-SHA-256', () => {
  it('lets in who knows the password', async () => {
    const client = await connect('engine', 'a secret, ünd = more');
    const written = await client.db('a').collection('b').insertOne({ x: 1 });
    expect(written.acknowledged).toBe(true);
    await client.close();
  });

  it('is negotiated when no mechanism is named', async () => {
    const client = await MongoClient.connect(server.uri, {
      auth: { username: 'engine', password: 'a secret, ünd = more' },
    });
    expect(await client.db('a').command({ connectionStatus: 1 })).toMatchObject({
      authInfo: { authenticatedUsers: [{ user: 'engine' }] },
    });
    await client.close();
  });

  it('refuses a wrong password and an unknown user alike, with code 18', async () => {
    await expect(connect('engine', 'wrong')).rejects.toMatchObject({ code: 18 });
    await expect(connect('nobody', 'a secret, ünd = more')).rejects.toMatchObject({ code: 18 });
  });

  it('refuses commands before with code 13', async () => {
    const client = await RawClient.connect(server.port);
    expect(await client.ask({ find: 'b', $db: 'a' })).toMatchObject({ ok: 0, code: 13 });
    expect(await client.ask({ hello: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
    client.close();
  });

  it('needs a password with the user', async () => {
    await expect(temporaryServer({ user: 'engine' })).rejects.toThrow('Expected "password"');
  });
});
