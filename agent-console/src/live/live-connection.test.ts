import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLiveConnection, type LiveSocket } from './live-connection';

type Listener = (...given: unknown[]) => void;

function fakeSocket() {
  const listeners = new Map<string, Listener[]>();
  const acknowledge: (() => void)[] = [];
  const sent: unknown[][] = [];
  const state = { connected: false, active: true };
  const socket = {
    get connected() {
      return state.connected;
    },
    get active() {
      return state.active;
    },
    on: (event: string, listener: Listener) =>
      listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    off: () => undefined,
    emit: (event: string, customerId: string, done?: (answer: { ok: boolean }) => void) => {
      sent.push([event, customerId]);
      if (done !== undefined) acknowledge.push(() => done({ ok: true }));
    },
    connect: () => undefined,
    disconnect: () => undefined,
  };
  const fire = (event: string): void => {
    for (const listener of listeners.get(event) ?? []) listener();
  };
  return {
    // The fake has the few members the connection uses; socket.io's own type has overloads no literal can satisfy.
    socket: socket as never as LiveSocket,
    sent,
    connect: () => {
      state.connected = true;
      fire('connect');
    },
    drop: () => {
      state.connected = false;
      fire('disconnect');
    },
    refuse: () => {
      state.active = false;
      fire('connect_error');
    },
    acknowledgeAll: async () => {
      for (const done of acknowledge.splice(0)) done();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('live connection', () => {
  it('joins a room once however many follow, and leaves it with the last', () => {
    const fake = fakeSocket();
    const live = createLiveConnection(fake.socket, () => 0);
    fake.connect();
    const first = live.follow('c1');
    const second = live.follow('c1');
    first.stop();
    first.stop();
    expect(fake.sent).toEqual([['customer:follow', 'c1']]);
    second.stop();
    expect(fake.sent).toEqual([
      ['customer:follow', 'c1'],
      ['customer:unfollow', 'c1'],
    ]);
  });

  it('follows again after a reconnect and only then asks for what was missed', async () => {
    const fake = fakeSocket();
    const live = createLiveConnection(fake.socket, () => 0);
    const resumed = vi.fn();
    live.onResume(resumed);
    fake.connect();
    live.follow('c1');
    await fake.acknowledgeAll();
    fake.drop();
    fake.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.sent.filter(([event]) => event === 'customer:follow')).toHaveLength(2);
    expect(resumed).not.toHaveBeenCalled();
    await fake.acknowledgeAll();
    expect(resumed).toHaveBeenCalledTimes(1);
  });

  it('does not read twice when the first connection is quick', async () => {
    const fake = fakeSocket();
    const live = createLiveConnection(fake.socket, () => 0);
    const resumed = vi.fn();
    live.onResume(resumed);
    const { ready } = live.follow('c1');
    fake.connect();
    await fake.acknowledgeAll();
    await ready;
    expect(resumed).not.toHaveBeenCalled();
  });

  it('lets a read go ahead without the room, and repeats it once the room is joined', async () => {
    const fake = fakeSocket();
    const live = createLiveConnection(fake.socket, () => 0);
    const resumed = vi.fn();
    live.onLate(resumed);
    const followers = [live.follow('c1'), live.follow('c1')];
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(followers.map(({ ready }) => ready));
    fake.connect();
    await fake.acknowledgeAll();
    // Once, however many had read.
    expect(resumed.mock.calls).toEqual([['c1']]);
  });

  it('says since when nothing arrives', () => {
    const fake = fakeSocket();
    const live = createLiveConnection(fake.socket, () => 1234);
    fake.connect();
    expect([live.state(), live.lostSince()]).toEqual(['live', null]);
    fake.drop();
    expect([live.state(), live.lostSince()]).toEqual(['lost', 1234]);
  });

  it('tells when it is refused', () => {
    const fake = fakeSocket();
    const refused = vi.fn();
    createLiveConnection(fake.socket, () => 0).onRefused(refused);
    fake.refuse();
    expect(refused).toHaveBeenCalledTimes(1);
  });
});
