import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { RetryableSendError } from '../channel/channel.js';
import { askProvider } from './ask-provider.js';

async function faultOf(port: number): Promise<unknown> {
  const url = `http://127.0.0.1:${port}/`;
  return askProvider({ channel: 'sms', provider: 'Twilio', url, body: 'x', timeoutMs: 5_000 }).catch(
    (error: unknown) => error,
  );
}

test('a connection that never came about took nothing; one that broke may have', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const broken = await faultOf(port);
  server.close();
  await once(server, 'close');
  const refused = await faultOf(port);
  expect([broken, refused].map((fault) => fault instanceof RetryableSendError && fault.mayHaveGone)).toEqual([
    true,
    false,
  ]);
});
