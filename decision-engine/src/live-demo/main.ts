import { startLiveDemo } from '../demo-shop/index.js';
import { liveDemoOrder } from './live-demo-message.js';

// A process of its own, which knows the engine only by its API, as a shop would.

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
// Ctrl-C reaches every process of the terminal; the engine stops this one.
process.on('SIGINT', () => {});
process.on('disconnect', () => stop.abort());

process.once('message', (message) => {
  const { start, end, ...order } = liveDemoOrder.parse(message);
  const write = (level: string) => (words: string) =>
    void process.stdout.write(`${JSON.stringify({ level, demo: words })}\n`);
  void startLiveDemo({
    ...order,
    played: { start: new Date(start), end: new Date(end) },
    signal: stop.signal,
    log: { info: write('info'), warn: write('warn') },
  }).finally(() => {
    if (process.connected) process.disconnect();
  });
});
