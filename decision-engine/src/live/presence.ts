import type { PresenceChange, Viewer } from './live-events.js';

export type Presence = {
  /** A window of somebody's shows a customer's page. */
  enter(customerId: string, windowId: string, viewer: Viewer): void;
  /** A window shows the page no longer; nothing where it did not. */
  leave(customerId: string, windowId: string): void;
  /** A window is gone, with all it showed. */
  leaveAll(windowId: string): void;
  /** Every page somebody looks at, for a console that has just come. */
  all(): PresenceChange;
  close(): void;
};

type Options = {
  /** Told what changed since it was last told, at most once in `everyMs`. */
  readonly tell: (change: PresenceChange) => void;
  readonly everyMs: number;
};

/** Who has which customers' pages open: each person once, however many windows they have. */
export function createPresence({ tell, everyMs }: Options): Presence {
  const windowsOf = new Map<string, Map<string, Viewer>>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const viewersOf = (customerId: string): readonly Viewer[] => {
    const windows = windowsOf.get(customerId)?.values() ?? [];
    return [...new Map([...windows].map((viewer) => [viewer.agentId, viewer])).values()];
  };
  const entries = (customerIds: Iterable<string>): PresenceChange['customers'] =>
    [...customerIds].map((customerId) => ({ customerId, viewers: viewersOf(customerId) }));
  const flush = (): void => {
    timer = null;
    const customers = entries(changed);
    changed.clear();
    tell({ whole: false, customers });
  };
  const change = (customerId: string): void => {
    changed.add(customerId);
    timer ??= setTimeout(flush, everyMs);
  };
  const leave = (customerId: string, windowId: string): void => {
    const windows = windowsOf.get(customerId);
    if (windows?.delete(windowId) !== true) return;
    if (windows.size === 0) windowsOf.delete(customerId);
    change(customerId);
  };

  return {
    enter: (customerId, windowId, viewer) => {
      const windows = windowsOf.get(customerId) ?? new Map<string, Viewer>();
      windows.set(windowId, viewer);
      windowsOf.set(customerId, windows);
      change(customerId);
    },
    leave,
    leaveAll: (windowId) => {
      for (const [customerId, windows] of windowsOf) if (windows.has(windowId)) leave(customerId, windowId);
    },
    all: () => ({ whole: true, customers: entries(windowsOf.keys()) }),
    close: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
