import { hash32 } from '../features/hash32.js';

/** Into how many parts categories are sorted; more than most shops have, so that few share one. */
export const TASTE_PARTS = 16;
/** Days of doubt per part: pulls the profile to an even one while little is known. */
const TASTE_DOUBT = 0.3;

/**
 * What the customer likes, as the log of each part's share relative to an even one. A category's part follows from its
 * name, so that the same columns serve every shop, and people of like tastes lend each other what they answered.
 */
export function tasteProfile(lasting: ReadonlyMap<string, number>): readonly number[] {
  const days = new Array<number>(TASTE_PARTS).fill(0);
  let total = 0;
  for (const [category, seen] of lasting) {
    const part = hash32(category) % TASTE_PARTS;
    days[part] = (days[part] ?? 0) + seen;
    total += seen;
  }
  return days.map((seen) =>
    Math.log(((seen + TASTE_DOUBT) / (total + TASTE_DOUBT * TASTE_PARTS)) * TASTE_PARTS),
  );
}
