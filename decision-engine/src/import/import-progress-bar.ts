import { SingleBar } from 'cli-progress';
import type { ImportProgress } from './run-import.js';

export type ProgressBar = { show(progress: ImportProgress): void; stop(): void };

const BARS: Readonly<Record<ImportProgress['phase'], string>> = {
  checking: ' Checking  [{bar}] {percentage}%',
  importing: ' Importing [{bar}] {percentage}% | {rows} rows, {rate}/s | {eta_formatted} left',
};

/** A progress bar on a terminal; elsewhere a line every five seconds. */
export function createImportProgressBar(stream: NodeJS.WritableStream, now: () => number): ProgressBar {
  let bar: SingleBar | undefined;
  let phase: ImportProgress['phase'] | undefined;
  let startedAt = 0;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    show(progress) {
      if (progress.phase !== phase) {
        stop();
        phase = progress.phase;
        startedAt = now();
        bar = new SingleBar({
          stream,
          format: BARS[phase],
          noTTYOutput: true,
          notTTYSchedule: 5_000,
          hideCursor: true,
          etaBuffer: 50,
        });
        bar.start(progress.totalBytes, 0, { rows: '0', rate: '–' });
      }
      const seconds = (now() - startedAt) / 1000;
      const rate = seconds > 0.5 ? Math.round(progress.rows / seconds).toLocaleString('en') : '–';
      bar?.update(progress.bytesRead, { rows: progress.rows.toLocaleString('en'), rate });
    },
    stop,
  };
}
