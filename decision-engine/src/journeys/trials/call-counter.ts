import { once } from 'node:events';
import { createServer } from 'node:http';

export type CallCounter = {
  readonly url: string;
  /** How often each `webhook-id` came. A receiver that keeps to the key acts once for each. */
  readonly counts: ReadonlyMap<string, number>;
  close(): Promise<void>;
};

/** A receiver of webhooks that accepts every call and counts them by their key. */
export async function startCallCounter(): Promise<CallCounter> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const id = String(request.headers['webhook-id'] ?? '');
      counts.set(id, (counts.get(id) ?? 0) + 1);
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    counts,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
