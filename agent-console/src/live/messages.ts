import type { ServerToClient } from '../engine/engine-types';
import type { LiveSocket } from './live-connection';

/** Presence is kept rather than handed on: what was told before somebody listened counts, too. */
export type Message = Exclude<keyof ServerToClient, 'presence:changed'>;
type Channels = { [Name in Message]: Set<ServerToClient[Name]> };

export type Hear = <Name extends Message>(name: Name, listener: ServerToClient[Name]) => () => void;

/** Hands each message of the socket to everyone on the page who listens for its name. */
export function createMessages(socket: LiveSocket): Hear {
  const channels: Channels = {
    'customer:changed': new Set(),
    'decision:made': new Set(),
    'outcome:recorded': new Set(),
    'delivery:changed': new Set(),
    'inbox:changed': new Set(),
    'assignment:changed': new Set(),
  };
  socket.on('customer:changed', (change) => {
    for (const listener of channels['customer:changed']) listener(change);
  });
  socket.on('decision:made', (decision) => {
    for (const listener of channels['decision:made']) listener(decision);
  });
  socket.on('outcome:recorded', (outcome) => {
    for (const listener of channels['outcome:recorded']) listener(outcome);
  });
  socket.on('delivery:changed', (delivery) => {
    for (const listener of channels['delivery:changed']) listener(delivery);
  });
  socket.on('inbox:changed', (change) => {
    for (const listener of channels['inbox:changed']) listener(change);
  });
  socket.on('assignment:changed', (change) => {
    for (const listener of channels['assignment:changed']) listener(change);
  });
  return (name, listener) => {
    const channel = channels[name];
    channel.add(listener);
    return () => {
      channel.delete(listener);
    };
  };
}
