export type Worker = {
  /** There is something to do now. */
  readonly wake: () => void;
  /** No more rounds; resolves when the one under way has ended. */
  readonly stop: () => Promise<void>;
};

/**
 * Runs rounds of work one after the other: at once when woken or when a round says that there is more, otherwise every
 * `everyMs`. A round that throws is reported and the next one comes at its time.
 * @param round resolves to whether there is more to do
 */
export function createWorker(
  { everyMs, onError }: { readonly everyMs: number; readonly onError: (error: unknown) => void },
  round: () => Promise<boolean>,
): Worker {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let woken = false;
  let stopped = false;

  const run = async (): Promise<void> => {
    let more = true;
    while (more && !stopped) {
      woken = false;
      more = await round().catch((error: unknown) => {
        onError(error);
        return false;
      });
      more ||= woken;
    }
  };
  const start = (): void => {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running = run().finally(() => {
      running = null;
      if (!stopped) timer = setTimeout(start, everyMs);
    });
  };
  timer = setTimeout(start, 0);
  return {
    wake: () => {
      if (running === null) start();
      else woken = true;
    },
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
