import { createServer, type IncomingHttpHeaders } from 'node:http';

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
};

export type HttpAnswer = {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type HttpRecorder = {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
};

/** A real HTTP server on a free port that keeps what it is asked and answers as told. */
export async function startHttpRecorder(
  answer: (request: RecordedRequest) => HttpAnswer,
): Promise<HttpRecorder> {
  const requests: RecordedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const bytes = Buffer.concat(chunks);
      const request = { method, path: url, headers, body: bytes.toString('utf8'), bytes };
      requests.push(request);
      const { status, body = '', headers: answered = {} } = answer(request);
      outgoing.writeHead(status, answered).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('Expected the recorder to listen on a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
