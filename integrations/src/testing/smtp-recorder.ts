import { SMTPServer } from 'smtp-server';

export type RecordedMail = { readonly from: string; readonly to: readonly string[]; readonly source: string };

export type SmtpRecorder = {
  readonly url: string;
  readonly mails: readonly RecordedMail[];
  close(): Promise<void>;
};

/** The reply to every recipient; `undefined` accepts. */
export type Refusal = { readonly code: number; readonly text: string };

/** A real SMTP server on a free port that keeps what it is sent, or refuses every recipient. */
export async function startSmtpRecorder(refusal?: Refusal): Promise<SmtpRecorder> {
  const mails: RecordedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      done(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : undefined);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({
          from,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  server.on('error', () => {
    // A client that hangs up is not this recorder's business.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string')
    throw new Error('Expected the recorder to listen on a port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
