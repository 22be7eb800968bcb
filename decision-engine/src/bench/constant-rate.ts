import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { headersFor, type LoopResult, type Target } from './closed-loop.js';
import { percentile, rounded } from './percentile.js';

const OVERTIME_MS = 15_000;

/** Resolves to the status, 0 where there was no answer. */
function send(target: Target, body: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const headers = { ...headersFor(target), 'content-length': Buffer.byteLength(body) };
    const sent = request(target.url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', () => resolve(0));
    sent.end(body);
  });
}

/**
 * Sends at a constant rate whatever the server does, as customers do. A latency counts from the moment a request was due,
 * so that a server that stalls is charged for the requests that had to wait.
 */
export async function constantRate(
  target: Target,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<LoopResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const latencies: number[] = [];
  const answers: Promise<void>[] = [];
  let failed = 0;
  const began = performance.now();
  const total = perSecond * seconds;
  for (let sent = 0; sent < total; sent++) {
    const due = began + (sent * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    const body = target.bodies[sent % target.bodies.length] ?? '';
    answers.push(
      send(target, body, agent).then((status) => {
        latencies.push(performance.now() - due);
        if (status < 200 || status > 299) failed++;
      }),
    );
  }
  // A server that is far behind would take minutes to catch up: what it owes by then counts as failed.
  await Promise.race([Promise.all(answers), wait(OVERTIME_MS)]);
  const elapsed = (performance.now() - began) / 1000;
  agent.destroy();
  const unanswered = total - latencies.length;
  latencies.sort((a, b) => a - b);
  return {
    requests: total,
    perSecond: Math.round((total - failed - unanswered) / elapsed),
    p50: rounded(percentile(latencies, 0.5)),
    p99: rounded(percentile(latencies, 0.99)),
    failed: failed + unanswered,
  };
}
