/** What a reason's words are made from: the values behind one score. */
export type ReasonFacts = {
  /** The value of a feature; null where it is missing or the model doesn't know it. */
  readonly value: (feature: string) => number | null;
  /** Whether the reason raises the score. */
  readonly raises: boolean;
  /** Categories the candidate is about; empty where there is no candidate. */
  readonly tags: readonly string[];
};

/** Features that tell one story, and the words for it. Correlated features share what a model makes of them. */
export type Theme = {
  /** The feature whose value is shown with the reason. */
  readonly lead: string;
  readonly features: readonly string[];
  /** One plain sentence without a full stop; undefined where there is nothing to say. */
  readonly say: (facts: ReasonFacts) => string | undefined;
};

/** "1 order", "3 orders". */
export function count(amount: number, singular: string, plural = `${singular}s`): string {
  const rounded = Math.round(amount);
  return `${rounded} ${rounded === 1 ? singular : plural}`;
}

/** "No order", "1 order", "3 orders": for the start of a sentence. */
export function some(amount: number, singular: string): string {
  return Math.round(amount) === 0 ? `No ${singular}` : count(amount, singular);
}

/** "today", "yesterday", "12 days ago". */
export function ago(days: number): string {
  const whole = Math.floor(days);
  if (whole <= 0) {
    return 'today';
  }
  return whole === 1 ? 'yesterday' : `${whole} days ago`;
}

/** "20 minutes", "3 hours", "2 days". */
export function duration(hours: number): string {
  if (hours < 1) {
    return count(Math.max(1, hours * 60), 'minute');
  }
  return hours < 48 ? count(hours, 'hour') : count(hours / 24, 'day');
}

/** Money without its currency, which features don't know: "412" or "12.50". */
export function money(amount: number): string {
  return amount >= 100 ? Math.round(amount).toString() : amount.toFixed(2);
}

/** "40 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
