/** Whether reading fails for reasons that pass: the engine or its database is away. */
export type Trouble = {
  /** Since when nothing could be read, in milliseconds since the epoch; null while reading works. */
  since: () => number | null;
  subscribe: (listener: () => void) => () => void;
  /** Something could not be read. */
  failed: () => void;
  /** Something could: the trouble is over. */
  worked: () => void;
};

/** Knows since when reading fails, from what every read reports. @param clock milliseconds since the epoch */
export function createTrouble(clock: () => number): Trouble {
  let since: number | null = null;
  const listeners = new Set<() => void>();
  const become = (next: number | null): void => {
    if (since === next) return;
    since = next;
    for (const listener of listeners) listener();
  };
  return {
    since: () => since,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    failed: () => become(since ?? clock()),
    worked: () => become(null),
  };
}
