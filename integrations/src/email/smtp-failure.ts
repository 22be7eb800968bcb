import { RetryableSendError, type SendResult } from '../channel/channel.js';

/** The commands that speak of this message; a refusal of any other is about the connection or the account. */
const MESSAGE_COMMANDS = new Set(['MAIL FROM', 'RCPT TO', 'DATA', 'BDAT']);
/** 530 and 535 ask for (other) credentials, 503 says that the session was in the wrong state: all pass when repaired. */
const ABOUT_THE_SESSION = new Set([503, 530, 535]);

function property(error: object, key: string): unknown {
  return key in error ? Reflect.get(error, key) : undefined;
}

/**
 * Whether the server may have taken the message over. Not where it answered with a refusal, nor where the session never
 * came to the message; a line that broke or fell silent later says nothing.
 */
function mayHaveGone(error: object): boolean {
  if (typeof property(error, 'responseCode') === 'number') return false;
  const command = property(error, 'command');
  if (typeof command === 'string' && command !== 'CONN' && command !== 'DATA') return false;
  const [code, waited] = [property(error, 'code'), property(error, 'timeoutType')];
  if (code === 'EDNS' || code === 'ETLS' || property(error, 'syscall') === 'connect') return false;
  return code !== 'ETIMEDOUT' || waited === undefined || waited === 'SOCKET_TIMEOUT';
}

/**
 * Sorts what nodemailer threw: a permanent refusal of this message (5yz, RFC 5321 section 4.2.1) is an answer, all
 * else is thrown as {@link RetryableSendError}.
 */
export function toSmtpResult(error: unknown): SendResult {
  if (!(error instanceof Error)) throw new RetryableSendError('email', String(error));
  const code = property(error, 'responseCode');
  const response = property(error, 'response');
  const command = property(error, 'command');
  const permanent = typeof code === 'number' && code >= 500 && code < 600 && !ABOUT_THE_SESSION.has(code);
  if (permanent && typeof command === 'string' && MESSAGE_COMMANDS.has(command)) {
    return { status: 'rejected', reason: typeof response === 'string' ? response : error.message };
  }
  throw new RetryableSendError('email', error.message, { cause: error, mayHaveGone: mayHaveGone(error) });
}
