/** Logistic function: log odds to a probability. */
export function squash(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
