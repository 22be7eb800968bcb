import type { CustomerHistory } from '../events/segue-event.js';
import type { TrainProgress } from '../training/train-ensemble.js';
import { type LifetimeRows, LifetimeRowsBuilder, type LifetimeRowsOptions } from './lifetime-rows.js';

export type GatherOptions = LifetimeRowsOptions & {
  readonly histories: () => AsyncIterable<CustomerHistory>;
  readonly onProgress: (progress: TrainProgress) => void;
  readonly signal: AbortSignal | undefined;
};

/** Reads all histories into rows. @throws Error where nobody ordered before the last snapshot */
export async function gatherLifetimes(
  options: GatherOptions,
): Promise<LifetimeRows & { readonly window: NonNullable<LifetimeRows['window']> }> {
  const builder = new LifetimeRowsBuilder(options);
  let customers = 0;
  for await (const history of options.histories()) {
    options.signal?.throwIfAborted();
    builder.add(history);
    customers += 1;
    if (customers % 500 === 0) {
      // How many there are isn't known beforehand: the bar approaches the end of its part.
      options.onProgress({ done: 1 - 1 / (1 + customers / 5000), message: `read ${customers} customers` });
    }
  }
  const rows = builder.build();
  if (rows.window === null || rows.table.rows === 0) {
    const last = options.snapshots.at(-1)?.toISOString().slice(0, 10);
    throw new Error(
      `No customer ordered before ${last}. Import orders first (npm run import), or take a later date.`,
    );
  }
  return { ...rows, window: rows.window };
}
