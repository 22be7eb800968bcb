import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config.js';

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g;
const DUPLICATE_KEY = /(dup key: )\{[^}]*\}/g;
/** Longest part of an error's text that is kept: a driver may quote whole documents. */
const LONGEST = 4_000;

/** What the database or a mail server says may quote the customer it failed for. */
function withoutPeople(text: string): string {
  return text.slice(0, LONGEST).replace(DUPLICATE_KEY, '$1{…}').replace(EMAIL, '<e-mail>');
}

type LoggedError = {
  readonly type: string;
  readonly code?: string | number;
  readonly message: string;
  readonly stack?: string;
};

/** An error as it is logged: its own properties are left out, since drivers hang requests and documents on them. */
function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutPeople(String(error)) };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? { code: error.code }
      : {};
  return {
    type: error.name,
    ...code,
    message: withoutPeople(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutPeople(error.stack) }),
  };
}

/** The engine's log: lines of JSON without secrets and without personal data. */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    serializers: { err: loggedError },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
