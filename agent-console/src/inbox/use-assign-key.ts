'use client';

import type { InboxItem } from '../engine/engine-types';
import { useCommand } from '../keyboard/use-commands';
import { useAssign } from './use-assignment';

type Options = {
  selected: string | null;
  items: ReadonlyMap<string, InboxItem>;
  agentId: string;
  mayAnswer: boolean;
};

/** A takes the customer of the row with the focus, else the one who is open; who is in one's hands is let go. A colleague's stay theirs. */
export function useAssignKey({ selected, items, agentId, mayAnswer }: Options): void {
  const assign = useAssign();
  const toggle = (): void => {
    const customerId = document.activeElement?.getAttribute('data-customer') ?? selected;
    const item = customerId === null ? undefined : items.get(customerId);
    if (customerId === null || item === undefined) return;
    const mine = item.assigned?.agentId === agentId;
    if (item.assigned === null || mine) assign.mutate({ customerId, how: mine ? 'release' : 'take' });
  };
  useCommand('assign', mayAnswer ? toggle : null);
}
