import { createConnection, createServer } from 'node:net';

export type PortState = 'free' | 'taken' | 'forbidden';

/** Whether a server could listen there now. */
export function portState(port: number, host: string): Promise<PortState> {
  return new Promise((fulfil, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') fulfil('taken');
      else if (error.code === 'EACCES') fulfil('forbidden');
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => fulfil('free')));
  });
}

/** A port nobody uses at this moment. */
export function freePort(host: string): Promise<number> {
  return new Promise((fulfil, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object'
          ? fulfil(address.port)
          : reject(new Error(`No port could be had on ${host}`)),
      );
    });
  });
}

/** Whether something accepts connections there. */
export function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((fulfil) => {
    const socket = createConnection({ port, host });
    socket.setTimeout(1_000);
    const settle = (answer: boolean) => {
      socket.destroy();
      fulfil(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
