import { SourceFault } from '../rows/source-fault.js';
import { TextSet } from '../rows/text-set.js';

/** More orders in pieces than this, and holding them until they are whole could take more memory than there is. */
const MAX_SCATTERED = 200_000;

export type OrderSurvey = {
  see(orderId: string, line: number): void;
  /** The last line of each order whose rows do not all follow each other. */
  scattered(): ReadonlyMap<string, number>;
};

/**
 * Finds the orders whose rows are scattered over the file, so that reading can hold just those until their last row
 * and let go of all others at once. Keeps 16 bytes for each order and the ids of the scattered ones.
 */
export function createOrderSurvey(): OrderSurvey {
  const seen = new TextSet();
  const lastLines = new Map<string, number>();
  let current: string | undefined;
  return {
    see(orderId, line) {
      const reopened = orderId !== current && !seen.add(orderId);
      current = orderId;
      if (reopened || lastLines.has(orderId)) lastLines.set(orderId, line);
      if (lastLines.size > MAX_SCATTERED) {
        throw new SourceFault(
          `The rows of more than ${MAX_SCATTERED.toLocaleString('en')} orders are scattered over the file. Sort it by order first.`,
        );
      }
    },
    scattered: () => lastLines,
  };
}
