import type { Server as HttpServer } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import { Server, type Socket } from 'socket.io';
import { isOriginAllowed } from '../api/allowed-origins.js';
import { PLUGIN_COOKIE, SESSION_COOKIE } from '../api/caller.js';
import type { AgentView } from '../api/shapes/session.js';
import type { Config } from '../config.js';
import type { ClientToServer, ServerToClient } from './live-events.js';
import type { LivePublisher } from './live-publisher.js';
import { createPresence } from './presence.js';

const AGENTS = 'agents';
const INBOX_EVERY_MS = 1000;
const PRESENCE_EVERY_MS = 500;
/** Sessions that ran out, or were ended by another engine process, are noticed at most this late on an open page. */
const CHECK_EVERY_MS = 30_000;

function roomOf(customerId: string): string {
  return `customer:${customerId}`;
}

function agentRoom(agentId: string): string {
  return `agent:${agentId}`;
}

/** The plugin sends its token itself, a console's page its cookie. */
function tokenOf({ auth, headers }: Handshake): string | undefined {
  const given: unknown = auth['token'];
  if (typeof given === 'string' && given !== '') return given;
  const cookies = fastifyCookie.parse(headers.cookie ?? '');
  return cookies[SESSION_COOKIE] ?? cookies[PLUGIN_COOKIE];
}

type Handshake = Pick<Socket['handshake'], 'auth' | 'headers'>;
type SocketData = { agent: AgentView; token: string };

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
    // A cut that nobody hangs up on is noticed within twenty seconds on both ends, and the page says so.
    pingInterval: 10_000,
    pingTimeout: 10_000,
    // The session is looked at again when a connection comes back: it may be over by then.
    connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: false },
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
    const token = tokenOf(socket.handshake);
    const known = token === undefined ? Promise.resolve(null) : agentOf(token);
    known.then(
      (agent) => {
        if (agent === null || token === undefined) return next(new Error('not_authenticated'));
        socket.data.agent = agent;
        socket.data.token = token;
        next();
      },
      () => next(new Error('internal')),
    );
  });

  const presence = createPresence({
    tell: (change) => io.to(AGENTS).emit('presence:changed', change),
    everyMs: PRESENCE_EVERY_MS,
  });

  io.on('connection', (socket) => {
    const { agentId, name, email } = socket.data.agent;
    const viewer = { agentId, name: name === '' ? email : name };
    void socket.join([AGENTS, agentRoom(agentId)]);
    socket.emit('presence:changed', presence.all());
    socket.on('customer:follow', (customerId, done) => {
      if (typeof customerId !== 'string' || customerId.length > 64 || typeof done !== 'function') return;
      Promise.resolve(socket.join(roomOf(customerId))).then(
        () => {
          done({ ok: true });
          if (socket.connected) presence.enter(customerId, socket.id, viewer);
        },
        () => done({ ok: false }),
      );
    });
    socket.on('customer:unfollow', (customerId) => {
      if (typeof customerId !== 'string') return;
      void socket.leave(roomOf(customerId));
      presence.leave(customerId, socket.id);
    });
    socket.on('disconnect', () => presence.leaveAll(socket.id));
  });

  /** Hangs up on those whose session is over. */
  const checkSessions = async (): Promise<void> => {
    const sockets = [...io.sockets.sockets.values()];
    for (const token of new Set(sockets.map(({ data }) => data.token))) {
      if ((await agentOf(token)) !== null) continue;
      for (const socket of sockets) if (socket.data.token === token) socket.disconnect(true);
    }
  };
  const checking = setInterval(() => void checkSessions().catch(() => {}), CHECK_EVERY_MS);
  checking.unref();

  const isFollowed = (customerId: string): boolean =>
    (io.sockets.adapter.rooms.get(roomOf(customerId))?.size ?? 0) > 0;

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
      // Most customers are on nobody's screen, and an empty room costs as much as one.
      if (!isFollowed(decision.customerId)) return;
      io.to(roomOf(decision.customerId)).emit('decision:made', decision);
    },
    outcomeRecorded: (customerId, decisionId, outcome) => {
      io.to(roomOf(customerId)).emit('outcome:recorded', { customerId, decisionId, outcome });
    },
    deliveryChanged: (delivery) => {
      io.to(AGENTS).emit('delivery:changed', delivery);
    },
    assignmentChanged: (customerId, assigned) => {
      io.to(AGENTS).emit('assignment:changed', { customerId, assigned });
    },
    inboxChanged: (customerIds) => {
      for (const customerId of customerIds) waiting.add(customerId);
      if (waiting.size > 0) timer ??= setTimeout(flushInbox, INBOX_EVERY_MS);
    },
    sessionsChanged: async (agentId) => {
      io.in(agentRoom(agentId)).disconnectSockets();
    },
    isFollowed,
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      clearInterval(checking);
      await io.close();
      presence.close();
    },
  };
}
