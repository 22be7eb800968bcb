import type { EngineMessage } from '../supervisor/engine-message.js';

/** Tells the process that started this one; nothing when it runs alone. */
export type TellParent = (message: EngineMessage) => void;

export function parentOf(child: Pick<NodeJS.Process, 'send' | 'connected'>): TellParent {
  return (message) => {
    if (child.connected === true) child.send?.(message);
  };
}
