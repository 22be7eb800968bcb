import type { Life } from './life.js';

/** When the customer takes the next step in the shop: seconds to a minute or two later. */
export const pause = (life: Life): number => life.cursor + 4000 + life.draws.wait(35_000);
