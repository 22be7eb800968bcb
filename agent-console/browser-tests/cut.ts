import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line between pages and an engine that can be cut: nothing passes and nothing is hung up, as where a cable is pulled. */
export type Line = {
  readonly port: number;
  cut(): void;
  /** What was on its way arrives now. */
  mend(): void;
  close(): Promise<void>;
};

/** Passes on what comes in at `port` of this machine to `to`. */
export async function openLine({ port, to }: { port: number; to: number }): Promise<Line> {
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (chunk) => void other.write(chunk));
      one.on('end', () => other.end());
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      if (cut) one.pause();
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    cut: () => {
      cut = true;
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      cut = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
