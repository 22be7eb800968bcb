import type { TrainProgress } from '@segue/models';

/** What training is handed from outside: clock, voice, progress. */
export type TrainSurroundings = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Tells the reader something, in one line. */
  readonly say: (line: string) => void;
  readonly progress: (state: TrainProgress) => void;
  readonly signal: AbortSignal;
};
