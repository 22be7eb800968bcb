import { expect, it } from 'vitest';
import type { PresenceChange } from '../engine/engine-types';
import type { LiveSocket } from './live-connection';
import { createPresence, hereWords, othersOf } from './presence';

const MO = { agentId: 'agt_mo', name: 'Mo' };
const LEE = { agentId: 'agt_lee', name: 'Lee' };

function told() {
  const listeners = new Map<string, (change?: PresenceChange) => void>();
  const socket = { on: (name: string, listener: () => void) => listeners.set(name, listener) };
  // The fake has the one member presence uses; socket.io's own type has overloads no literal can satisfy.
  const presence = createPresence(socket as never as LiveSocket);
  return {
    presence,
    change: (change: PresenceChange) => listeners.get('presence:changed')?.(change),
    drop: () => listeners.get('disconnect')?.(),
  };
}

it('follows what changes, and begins anew with the whole', () => {
  const { presence, change } = told();
  change({ whole: true, customers: [{ customerId: 'a', viewers: [MO] }] });
  change({ whole: false, customers: [{ customerId: 'b', viewers: [MO, LEE] }] });
  expect([...presence.viewers()]).toEqual([
    ['a', [MO]],
    ['b', [MO, LEE]],
  ]);
  change({ whole: false, customers: [{ customerId: 'a', viewers: [] }] });
  expect([...presence.viewers().keys()]).toEqual(['b']);
  change({ whole: true, customers: [{ customerId: 'c', viewers: [LEE] }] });
  expect([...presence.viewers().keys()]).toEqual(['c']);
});

it('shows nobody while it can’t be known, and says when that changes', () => {
  const { presence, change, drop } = told();
  let heard = 0;
  const stop = presence.subscribe(() => {
    heard += 1;
  });
  change({ whole: true, customers: [{ customerId: 'a', viewers: [MO] }] });
  drop();
  expect(presence.viewers().size).toBe(0);
  expect(heard).toBe(2);
  stop();
  change({ whole: true, customers: [] });
  expect(heard).toBe(2);
});

it('names the others', () => {
  expect(hereWords(othersOf([MO, LEE], 'agt_mo'))).toBe('Lee is here, too');
  expect(hereWords(othersOf([MO, LEE], 'agt_x'))).toBe('Mo, Lee are here, too');
  expect(hereWords(othersOf([MO], 'agt_mo'))).toBe('');
  expect(othersOf(undefined, 'agt_mo')).toEqual([]);
});
