import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type ReceivedMail = { readonly to: string; readonly source: string };

export type Mailbox = {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  sources(): readonly string[];
  empty(): void;
  close(): Promise<void>;
};

/** A message as a mail program reads it; without a text part it has none. */
export function readMail(source: string): Promise<ParsedMail> {
  return simpleParser(source, { skipTextToHtml: true, skipHtmlToText: true });
}

/** A real SMTP server that keeps what it is given. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(' ');
        mails.push({ to, source: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  server.on('error', () => {
    // A client that hangs up is nothing to report.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    sources: () => mails.map(({ source }) => source),
    empty: () => void mails.splice(0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
