import type { TrainProgress } from '@segue/models';
import { SingleBar } from 'cli-progress';

export type TrainProgressBar = { show(state: TrainProgress): void; stop(): void };

const STEPS = 1000;

/** A progress bar on a terminal; elsewhere a line every five seconds. */
export function createTrainProgressBar(stream: NodeJS.WritableStream, doing = 'Training'): TrainProgressBar {
  let bar: SingleBar | undefined;
  return {
    show({ done, message }) {
      if (bar === undefined) {
        bar = new SingleBar({
          stream,
          format: ` ${doing} [{bar}] {percentage}% | {duration_formatted} | {message}`,
          noTTYOutput: true,
          notTTYSchedule: 5_000,
          hideCursor: true,
        });
        bar.start(STEPS, 0, { message });
      }
      bar.update(Math.round(done * STEPS), { message });
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}
