import type { Draws } from '../chance/draws.js';
import { pick } from '../chance/pick.js';

const GOOD = [
  'Does what it should, and looks good.',
  'Better than I expected for the price.',
  'Used it every day since it came.',
  'Bought a second one for my sister.',
];
const FAIR = [
  'All right, but the colour is darker than in the picture.',
  'Good, though the instructions could be clearer.',
  'Fine for now. Let’s see how long it lasts.',
];
const POOR = ['Feels flimsy. Not for this price.', 'Came late and scratched.', 'Went back the same day.'];

/** @param rating stars, 1 to 5. */
export function reviewText(draws: Draws, rating: number): string {
  return pick(draws, rating >= 4 ? GOOD : rating === 3 ? FAIR : POOR);
}
