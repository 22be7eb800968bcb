/**
 * A chance of acceptance in words. Offers are refused far more often than taken, so the words are for a world
 * in which one in two is a lot. `probability` is 0 to 1; null where rules alone decided.
 */
export function likelihoodWords(probability: number | null): string {
  if (probability === null) return 'By rule';
  if (probability >= 0.5) return 'Very likely';
  if (probability >= 0.3) return 'Likely';
  if (probability >= 0.15) return 'Fair chance';
  if (probability >= 0.05) return 'Small chance';
  return 'Long shot';
}

/** The share as people say it: `42 in 100`; below one in a hundred `fewer than 1 in 100`. */
export function oddsWords(probability: number): string {
  const hundredths = Math.round(probability * 100);
  return hundredths < 1 ? 'fewer than 1 in 100' : `${hundredths} in 100`;
}
