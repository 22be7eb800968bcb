/** What came of one item of a batch. */
export type BatchOutcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: unknown };

export type Batching<Item, Result> = {
  /** Does the work for several at once. Outcomes stand in the order of the items; what it throws fails all of them. */
  readonly run: (items: readonly Item[]) => Promise<readonly BatchOutcome<Result>[]>;
  /** A larger batch would hold up those that come after. */
  readonly mostAtOnce: number;
};

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Does what is asked for while a batch is under way with the next one: under load one command, one sync of the store's log
 * and one answer do for many. Nothing waits for company: an idle one begins at once.
 */
export function inBatches<Item, Result>({
  run,
  mostAtOnce,
}: Batching<Item, Result>): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = false;

  const settle = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const outcomes = await run(batch.map(({ item }) => item));
      batch.forEach(({ done, failed }, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) {
          failed(new Error(`Expected ${batch.length} outcomes of a batch, got ${outcomes.length}`));
        } else if (outcome.ok) done(outcome.value);
        else failed(outcome.error);
      });
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  };
  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await settle(batch);
    }
    running = false;
  };
  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      // Those asked for in this same turn of the event loop go together.
      if (!running) queueMicrotask(() => running || void drain());
    });
}
