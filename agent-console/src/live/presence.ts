import type { Viewer } from '../engine/engine-types';
import type { LiveSocket } from './live-connection';

/** By customer, who has their page open; customers nobody looks at are not in it. */
export type Viewers = ReadonlyMap<string, readonly Viewer[]>;

export type Presence = {
  /** The same map until something changes. */
  viewers: () => Viewers;
  subscribe: (listener: () => void) => () => void;
};

const NOBODY: Viewers = new Map();

/** Who looks at whom, as the engine says; nobody while the connection is away. */
export function createPresence(socket: LiveSocket): Presence {
  let viewers = NOBODY;
  const listeners = new Set<() => void>();
  const become = (next: Viewers): void => {
    viewers = next;
    for (const listener of listeners) listener();
  };
  socket.on('presence:changed', ({ whole, customers }) => {
    const next = new Map(whole ? [] : viewers);
    for (const { customerId, viewers: here } of customers) {
      if (here.length === 0) next.delete(customerId);
      else next.set(customerId, here);
    }
    become(next);
  });
  socket.on('disconnect', () => become(NOBODY));
  return {
    viewers: () => viewers,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The others of those who look. */
export function othersOf(viewers: readonly Viewer[] | undefined, agentId: string): readonly Viewer[] {
  return viewers?.filter((viewer) => viewer.agentId !== agentId) ?? [];
}

/** `Ravi Menon is here, too`; '' where nobody is. */
export function hereWords(others: readonly Viewer[]): string {
  if (others.length === 0) return '';
  return `${others.map(({ name }) => name).join(', ')} ${others.length === 1 ? 'is' : 'are'} here, too`;
}
