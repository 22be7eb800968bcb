import { Presets, SingleBar } from 'cli-progress';
import { inSeconds } from './terminal-text.js';

const QUIET_MS = 2_000;
const PLAIN_EVERY_MS = 10_000;
/** A phase out of a hundred counts nothing but how far it is. */
const PERCENT = 100;

/** How far a phase of the start has come; `total` is `null` where nobody knows it. */
export type PhaseProgress = {
  readonly phase: string;
  readonly done: number;
  readonly total: number | null;
  readonly note: string;
};

export type PhaseDisplay = {
  show(progress: PhaseProgress): void;
  /** Writes a line of its own above the bar. */
  line(text: string): void;
  /** Ends the phase that is shown. */
  end(): void;
};

export type DisplayOptions = {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Milliseconds. */
  readonly now: () => number;
};

/**
 * Shows the phases of a start: a bar on a terminal, else a line when a phase has lasted two seconds, one every ten
 * seconds, and one at its end. A phase shorter than two seconds leaves no trace without a terminal.
 */
export function phaseDisplay(options: DisplayOptions): PhaseDisplay {
  return options.stream.isTTY === true ? barDisplay(options) : plainDisplay(options);
}

function plainDisplay({ stream, now }: DisplayOptions): PhaseDisplay {
  let current: { phase: string; began: number; toldAt: number | null } | null = null;
  const end = () => {
    if (current !== null && current.toldAt !== null) {
      stream.write(`${current.phase}: done in ${inSeconds(now() - current.began)}\n`);
    }
    current = null;
  };
  return {
    show(progress) {
      if (current?.phase !== progress.phase) {
        end();
        current = { phase: progress.phase, began: now(), toldAt: null };
      }
      const since = now() - (current.toldAt ?? current.began);
      if (since < (current.toldAt === null ? QUIET_MS : PLAIN_EVERY_MS)) return;
      current.toldAt = now();
      stream.write(`${progress.phase}: ${amount(progress)}${note(progress)}\n`);
    },
    line: (text) => void stream.write(`${text}\n`),
    end,
  };
}

function barDisplay({ stream, now }: DisplayOptions): PhaseDisplay {
  let current: { phase: string; began: number; bar: SingleBar } | null = null;
  const end = () => {
    if (current === null) return;
    current.bar.stop();
    stream.write(`${current.phase}: done in ${inSeconds(now() - current.began)}\n`);
    current = null;
  };
  return {
    show(progress) {
      if (current?.phase !== progress.phase) {
        end();
        current = { phase: progress.phase, began: now(), bar: newBar(stream, progress) };
      }
      if (progress.total !== null) current.bar.setTotal(progress.total);
      current.bar.update(progress.done, { amount: amount(progress), note: note(progress) });
    },
    line(text) {
      // The bar redraws itself below on its next tick.
      stream.write(`${current === null ? '' : '\r\u001b[2K'}${text}\n`);
    },
    end,
  };
}

function newBar(stream: NodeJS.WritableStream, progress: PhaseProgress): SingleBar {
  const known = progress.total !== null;
  const bar = new SingleBar(
    {
      stream,
      format: `${progress.phase} ${known ? '[{bar}] ' : ''}{amount} ({duration_formatted}){note}`,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
      fps: 8,
    },
    Presets.rect,
  );
  bar.start(progress.total ?? 0, progress.done, { amount: amount(progress), note: note(progress) });
  return bar;
}

function amount({ done, total }: PhaseProgress): string {
  const format = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
  if (total === PERCENT) return `${format(done)} %`;
  return total === null ? format(done) : `${format(done)} of ${format(total)}`;
}

function note(progress: PhaseProgress): string {
  return progress.note === '' ? '' : ` ${progress.note}`;
}
