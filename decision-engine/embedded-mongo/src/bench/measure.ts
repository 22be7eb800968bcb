/** The speed of one operation at one number of connections. */
export interface Measurement {
  readonly operation: string;
  readonly connections: number;
  readonly operations: number;
  readonly perSecond: number;
  /** Milliseconds that 50 % and 99 % of the operations stayed under. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time the server spent on one operation: other load on the machine changes it little. */
  readonly serverMicros: number;
}

/** Runs an operation from several loops at once, each waiting for its answer, for about `seconds`. */
export async function measure(
  operation: string,
  {
    connections,
    seconds,
    run,
    serverMicros,
  }: {
    connections: number;
    seconds: number;
    run(i: number): Promise<unknown>;
    serverMicros(): Promise<number>;
  },
): Promise<Measurement> {
  const times: number[] = [];
  let next = 0;
  const cpuBefore = await serverMicros();
  const started = performance.now();
  const end = started + seconds * 1000;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      const before = performance.now();
      await run(next++);
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  const elapsed = (performance.now() - started) / 1000;
  const cpu = (await serverMicros()) - cpuBefore;
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 1000) / 1000;
  return {
    operation,
    connections,
    operations: times.length,
    perSecond: Math.round(times.length / elapsed),
    p50: at(0.5),
    p99: at(0.99),
    serverMicros: Math.round(cpu / Math.max(1, times.length)),
  };
}
