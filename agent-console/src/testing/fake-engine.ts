import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../engine/engine-types';
import { fakeRouter } from './fake-router';
import type { FakeShop } from './fake-shop';
import type { FakeContext } from './fake-trpc';
import { FAKE_TOKEN } from './fake-trpc';

/** By the one cookie, or by the token that the plugin is handed. */
function isSignedIn(cookie: string | undefined, authorization: string | undefined): boolean {
  return cookie?.includes('fake=1') === true || authorization === `Bearer ${FAKE_TOKEN}`;
}

export type FakeEngine = { url: string; port: number; close: () => Promise<void> };

/** Serves `shop` as the engine would: tRPC at `/trpc`, sockets at `/live`, one cookie. Port 0 takes a free one. */
export async function startFakeEngine(
  shop: FakeShop,
  port: number,
  /** How long a silence of the line may be before it counts as cut, in milliseconds. */
  { patience = 45_000 }: { patience?: number } = {},
): Promise<FakeEngine> {
  const handle = createHTTPHandler({
    router: fakeRouter,
    basePath: '/trpc/',
    createContext: ({ req, res }): FakeContext => ({
      shop,
      signedIn: isSignedIn(req.headers.cookie, req.headers.authorization),
      setCookie: (value) => res.setHeader('set-cookie', value),
    }),
  });
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-allow-headers', 'authorization, content-type, trpc-accept');
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    handle(request, response);
  });
  const live = new Server<ClientToServer, ServerToClient>(server, {
    path: '/live',
    pingInterval: patience / 2,
    pingTimeout: patience / 2,
    cors: { origin: true, credentials: true },
  });
  live.use((socket, next) => {
    const { token } = socket.handshake.auth;
    const signedIn = isSignedIn(socket.request.headers.cookie, `Bearer ${String(token)}`);
    next(signedIn ? undefined : new Error('Sign in first.'));
  });
  live.on('connection', (socket) => {
    socket.on('customer:follow', (customerId, done) => {
      void socket.join(customerId);
      done({ ok: true });
    });
    socket.on('customer:unfollow', (customerId) => void socket.leave(customerId));
  });
  shop.push = (name, ...message) => {
    live.emit(name, ...(message as never));
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        void live.close(() => resolve());
      }),
  };
}
