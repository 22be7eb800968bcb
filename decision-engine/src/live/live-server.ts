import type { Server as HttpServer } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import { Server } from 'socket.io';
import { isOriginAllowed } from '../api/allowed-origins.js';
import { SESSION_COOKIE } from '../api/caller.js';
import type { AgentView } from '../api/shapes/session.js';
import type { Config } from '../config.js';
import type { ClientToServer, ServerToClient } from './live-events.js';
import type { LivePublisher } from './live-publisher.js';

const AGENTS = 'agents';
const INBOX_EVERY_MS = 1000;

function roomOf(customerId: string): string {
  return `customer:${customerId}`;
}

type SocketData = { agent: AgentView };

export type LiveServerOptions = {
  readonly http: HttpServer;
  readonly config: Pick<Config, 'consoleUrl' | 'consolePort'>;
  /** Whose session a token is; null where it is nobody's. */
  readonly agentOf: (token: string) => Promise<AgentView | null>;
};

/** The live connection to consoles: agents only, each following the customers whose pages are open. */
export function createLiveServer({
  http,
  config,
  agentOf,
}: LiveServerOptions): LivePublisher & { close(): Promise<void> } {
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>(http, {
    path: '/live',
    serveClient: false,
    maxHttpBufferSize: 16_384,
    connectionStateRecovery: { maxDisconnectionDuration: 120_000 },
    cors: {
      credentials: true,
      // Checked against the host that was called, which this callback doesn't see; `allowRequest` does.
      origin: (origin, done) => done(null, origin ?? false),
    },
    allowRequest: (request, done) => {
      const { origin, host } = request.headers;
      done(null, origin === undefined || isOriginAllowed(origin, config, host));
    },
  });

  io.use((socket, next) => {
    const token = fastifyCookie.parse(socket.handshake.headers.cookie ?? '')[SESSION_COOKIE];
    const known = token === undefined ? Promise.resolve(null) : agentOf(token);
    known.then(
      (agent) => {
        if (agent === null) return next(new Error('not_authenticated'));
        socket.data.agent = agent;
        next();
      },
      () => next(new Error('internal')),
    );
  });

  io.on('connection', (socket) => {
    void socket.join(AGENTS);
    socket.on('customer:follow', (customerId, done) => {
      if (typeof customerId !== 'string' || customerId.length > 64 || typeof done !== 'function') return;
      Promise.resolve(socket.join(roomOf(customerId))).then(
        () => done({ ok: true }),
        () => done({ ok: false }),
      );
    });
    socket.on('customer:unfollow', (customerId) => {
      if (typeof customerId === 'string') void socket.leave(roomOf(customerId));
    });
  });

  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const flushInbox = (): void => {
    timer = null;
    io.to(AGENTS).emit('inbox:changed', { customerIds: [...waiting] });
    waiting.clear();
  };

  return {
    customerChanged: (customerId, items) => {
      io.to(roomOf(customerId)).emit('customer:changed', { customerId, items });
    },
    decisionMade: (decision) => {
      io.to(roomOf(decision.customerId)).emit('decision:made', decision);
    },
    outcomeRecorded: (customerId, decisionId, outcome) => {
      io.to(roomOf(customerId)).emit('outcome:recorded', { customerId, decisionId, outcome });
    },
    deliveryChanged: (delivery) => {
      io.to(AGENTS).emit('delivery:changed', delivery);
    },
    inboxChanged: (customerIds) => {
      for (const customerId of customerIds) waiting.add(customerId);
      if (waiting.size > 0) timer ??= setTimeout(flushInbox, INBOX_EVERY_MS);
    },
    isFollowed: (customerId) => (io.sockets.adapter.rooms.get(roomOf(customerId))?.size ?? 0) > 0,
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      await io.close();
    },
  };
}
