export type Measured = {
  /** Microseconds, of many runs. */
  readonly medianMicros: number;
  readonly p95Micros: number;
  readonly runs: number;
};

export type MeasureOptions = { readonly seconds: number; readonly clock: () => number };

/** Runs work again and again for a while, after some runs that don't count. @param clock milliseconds */
export async function measure(work: () => unknown, { seconds, clock }: MeasureOptions): Promise<Measured> {
  const times: number[] = [];
  const warm = clock() + seconds * 300;
  while (clock() < warm) await work();
  const end = clock() + seconds * 1000;
  while (clock() < end || times.length < 5) {
    const began = clock();
    const answer = work();
    if (answer instanceof Promise) await answer;
    times.push((clock() - began) * 1000);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(share * (times.length - 1))] ?? 0) * 10) / 10;
  return { medianMicros: at(0.5), p95Micros: at(0.95), runs: times.length };
}
