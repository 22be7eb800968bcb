'use client';

import { useCommand } from '../keyboard/use-commands';

type Options = {
  order: readonly string[];
  selected: string | null;
  refresh: () => void;
  /** Brings a position into the part of the list that is in the page. */
  show: (index: number) => void;
  list: React.RefObject<HTMLElement | null>;
};

/** J and K walk the queue, from the row with the focus, else from the customer who is open. */
export function useQueueKeys({ order, selected, refresh, show, list }: Options): void {
  const walk = (step: 1 | -1): void => {
    const focused = document.activeElement?.getAttribute('data-customer') ?? selected;
    const at = focused === null ? -1 : order.indexOf(focused);
    const next = at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + step));
    const customerId = order[next];
    if (customerId === undefined) return;
    show(next);
    focusRow(list.current, customerId, 5);
  };
  useCommand('next', () => walk(1));
  useCommand('previous', () => walk(-1));
  useCommand('refresh', refresh);
}

/** The row may enter the page only after the list has scrolled: a few frames are enough. */
function focusRow(list: HTMLElement | null, customerId: string, frames: number): void {
  const row = list?.querySelector<HTMLElement>(`[data-customer="${CSS.escape(customerId)}"]`);
  if (row !== null && row !== undefined) {
    row.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
    return;
  }
  if (frames > 0) requestAnimationFrame(() => focusRow(list, customerId, frames - 1));
}
