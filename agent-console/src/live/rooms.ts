import type { LiveSocket } from './live-connection';

type Room = {
  followers: number /** Settles with the first acknowledgement. */;
  joined: Promise<void>;
  settle: () => void;
  /** Somebody read before it was joined. */
  late: boolean;
};
type Options = {
  socket: LiveSocket;
  /** Called once when a room was joined later than some follower was ready to wait. */
  onLate: (customerId: string) => void;
};

export type Rooms = {
  follow: (customerId: string) => { ready: Promise<void>; stop: () => void };
  /** Joins every followed room on a new connection; settles when all have answered. */
  joinAll: () => Promise<void>;
};

/** How long a first read waits for its room before it goes ahead without, in milliseconds. */
const PATIENCE = 100;

/** Counts who follows which customer, so that a room is joined once and left with its last follower. */
export function createRooms({ socket, onLate }: Options): Rooms {
  const rooms = new Map<string, Room>();

  const join = (customerId: string, room: Room): Promise<void> =>
    new Promise((resolve) => {
      socket.emit('customer:follow', customerId, () => {
        room.settle();
        if (room.late) onLate(customerId);
        room.late = false;
        resolve();
      });
    });

  return {
    follow: (customerId) => {
      const existing = rooms.get(customerId);
      const room = existing ?? newRoom();
      room.followers += 1;
      rooms.set(customerId, room);
      if (existing === undefined && socket.connected) void join(customerId, room);
      let stopped = false;
      return {
        ready: patiently(room),
        stop: () => {
          if (stopped) return;
          stopped = true;
          leave(customerId);
        },
      };
    },
    joinAll: async () => {
      await Promise.all([...rooms].map(([customerId, room]) => join(customerId, room)));
    },
  };

  function leave(customerId: string): void {
    const room = rooms.get(customerId);
    if (room === undefined) return;
    room.followers -= 1;
    if (room.followers > 0) return;
    rooms.delete(customerId);
    if (socket.connected) socket.emit('customer:unfollow', customerId);
  }
}

function newRoom(): Room {
  let settle = (): void => {};
  const joined = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { followers: 0, joined, settle: () => settle(), late: false };
}

function patiently(room: Room): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      room.late = true;
      resolve();
    }, PATIENCE);
    void room.joined.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
