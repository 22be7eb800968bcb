import { createServer, type IncomingHttpHeaders } from 'node:http';

export type ProviderCall = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};
/** `hang` = the answer never comes. */
export type ProviderAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hang';

export type Provider = {
  readonly url: string;
  readonly calls: readonly ProviderCall[];
  /** What it answers from here on. */
  answer: (call: ProviderCall) => ProviderAnswer;
  close(): Promise<void>;
};

/** A provider's HTTP API on a free port of this machine, which keeps what it is asked and answers as told. */
export async function startProvider(answer: Provider['answer']): Promise<Provider> {
  const calls: ProviderCall[] = [];
  const provider = { answer };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
      calls.push(call);
      const given = provider.answer(call);
      if (given === 'hang') return;
      response.writeHead(given.status, given.headers ?? {}).end(given.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(provider, {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
