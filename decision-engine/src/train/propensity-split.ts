/** What a propensity model was tested on, in a report's words: what serves was fitted once more with these offers. */
export function propensitySplit(testFrom: Date): string {
  return `tested on offers from ${testFrom.toISOString().slice(0, 10)} on, by the same model fitted without them`;
}
