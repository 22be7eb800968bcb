import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../engine/engine-types';
import { createMessages, type Hear } from './messages';
import { createPresence, type Presence } from './presence';
import { createRooms } from './rooms';

export type LiveSocket = Pick<
  Socket<ServerToClient, ClientToServer>,
  'on' | 'off' | 'emit' | 'connect' | 'disconnect' | 'connected' | 'active'
>;

/** `lost`: it worked before, and is being tried again. */
export type LiveState = 'connecting' | 'live' | 'lost';

export type LiveConnection = {
  /** Listens for one kind of message until the returned function is called. */
  hear: Hear;
  /** Who has which customers' pages open. */
  presence: Presence;
  state: () => LiveState;
  /** Since when nothing arrives, in milliseconds since the epoch; null while live. */
  lostSince: () => number | null;
  subscribe: (listener: () => void) => () => void;
  /** Calls back when the connection is whole after a gap: what was read before may be old. */
  onResume: (listener: () => void) => () => void;
  /** Calls back when a customer's room was joined after something of them was read: it may be old. */
  onLate: (listener: (customerId: string) => void) => () => void;
  /** Calls back when the engine refuses the connection: the session may have ended. */
  onRefused: (listener: () => void) => () => void;
  /**
   * Follows a customer until `stop`. `ready` settles once nothing more can be missed, or after a tenth of
   * a second without an answer; in that case `onLate` fires when the room is joined after all.
   */
  follow: (customerId: string) => { ready: Promise<void>; stop: () => void };
  /** Opens the connection again, with the cookie of now. */
  restart: () => void;
  open: () => void;
  close: () => void;
};

/** How long to wait before knocking again where the engine refused or hung up, in milliseconds. */
const KNOCK_AGAIN = 3000;

/** The live connection of one page over `socket`; follows again after every reconnect, without gaps. */
export function createLiveConnection(socket: LiveSocket, clock: () => number): LiveConnection {
  let state: LiveState = 'connecting';
  let lostSince: number | null = null;
  let wasLive = false;
  const listeners = new Set<() => void>();
  const resumers = new Set<() => void>();
  const refusals = new Set<() => void>();
  const resume = (): void => {
    for (const listener of resumers) listener();
  };
  const lates = new Set<(customerId: string) => void>();
  const rooms = createRooms({
    socket,
    onLate: (customerId) => {
      for (const listener of lates) listener(customerId);
    },
  });

  const become = (next: LiveState): void => {
    if (next === state) return;
    state = next;
    lostSince = next === 'lost' ? clock() : null;
    for (const listener of listeners) listener();
  };
  const knockAgain = (): void => {
    setTimeout(() => {
      if (!socket.connected && !socket.active) socket.connect();
    }, KNOCK_AGAIN);
  };

  socket.on('connect', () => {
    const resumed = wasLive;
    wasLive = true;
    // Rooms first, then reading: in the other order something could fall between the two.
    const joined = rooms.joinAll();
    become('live');
    if (resumed) void joined.then(resume);
  });
  socket.on('disconnect', () => {
    become(wasLive ? 'lost' : 'connecting');
    if (!socket.active) knockAgain();
  });
  socket.on('connect_error', () => {
    if (socket.active) return;
    for (const listener of refusals) listener();
    knockAgain();
  });

  return {
    hear: createMessages(socket),
    presence: createPresence(socket),
    state: () => state,
    lostSince: () => lostSince,
    subscribe: (listener) => added(listeners, listener),
    onResume: (listener) => added(resumers, listener),
    onLate: (listener) => added(lates, listener),
    onRefused: (listener) => added(refusals, listener),
    follow: rooms.follow,
    restart: () => {
      socket.disconnect();
      socket.connect();
    },
    open: () => {
      socket.connect();
    },
    close: () => {
      socket.disconnect();
    },
  };
}

function added<Listener>(set: Set<Listener>, listener: Listener): () => void {
  set.add(listener);
  return () => {
    set.delete(listener);
  };
}
