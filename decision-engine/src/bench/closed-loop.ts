import autocannon from 'autocannon';
import { percentile, rounded } from './percentile.js';

/** What is measured: one address, and the bodies that are sent to it in turn. */
export type Target = {
  readonly name: string;
  readonly url: string;
  readonly key: string;
  readonly bodies: readonly string[];
};

export type LoopResult = {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 2xx, and requests without an answer. */
  readonly failed: number;
};

export function headersFor({ key }: Target): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
}

/** Each connection sends its next request when the one before is answered. */
export async function closedLoop(
  target: Target,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<LoopResult> {
  const latencies: number[] = [];
  let next = 0;
  const began = performance.now();
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(
      {
        url: target.url,
        connections,
        duration: seconds,
        requests: [
          {
            method: 'POST',
            headers: headersFor(target),
            setupRequest: (request) => {
              const body = target.bodies[next++ % target.bodies.length] ?? '';
              return { ...request, body };
            },
          },
        ],
      },
      (error, finished) => (error ? reject(error) : resolve(finished)),
    );
    // autocannon's own histogram counts whole milliseconds.
    running.on('response', (...[, , , milliseconds]) => latencies.push(milliseconds));
  });
  const elapsed = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    perSecond: Math.round(latencies.length / elapsed),
    p50: rounded(percentile(latencies, 0.5)),
    p99: rounded(percentile(latencies, 0.99)),
    failed: result.non2xx + result.errors + result.timeouts,
  };
}
