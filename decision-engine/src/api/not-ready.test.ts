import pino from 'pino';
import { expect, test } from 'vitest';
import { testChannelSettings } from '../testing/test-channel-settings.js';
import { createServer } from './server.js';

const server = await createServer({
  config: { consoleUrl: null, consolePort: 3000, demo: false, channels: testChannelSettings() },
  log: pino({ level: 'silent' }),
  running: () => null,
  readiness: () => ({ ready: false, phase: 'Training the models' }),
});
const said = { code: 'not_ready', message: 'Segue is starting: Training the models' };

test('while the engine starts, an app is told so', async () => {
  const answer = await server.inject({ method: 'POST', url: '/v1/decide', payload: {} });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toEqual({ error: said });
});

test.each(['/trpc/session.me', '/trpc/session.me?batch=1&input=%7B%7D'])(
  'and so is the console, as tRPC answers: %s',
  async (url) => {
    const answer = await server.inject(url);
    expect(answer.statusCode).toBe(503);
    const body: unknown = answer.json();
    expect(Array.isArray(body) ? body[0] : body).toMatchObject({
      error: { message: said.message, data: { ...said, httpStatus: 503 } },
    });
  },
);
