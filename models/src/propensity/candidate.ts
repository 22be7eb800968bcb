/** One action that could be shown, in one treatment on one channel. */
export type PropensityCandidate = {
  readonly actionId: string;
  readonly groupId: string;
  readonly channel: string;
  readonly treatmentId: string;
  /** Categories the action is about, as in the events' `category`. */
  readonly tags: readonly string[];
};

/** What the catalogue knows of an action and events don't tell. */
export type ActionFacts = {
  readonly actionId: string;
  readonly tags: readonly string[];
};
