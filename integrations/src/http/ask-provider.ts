import { RetryableSendError } from '../channel/channel.js';
import { mayHaveArrived } from './may-have-arrived.js';
import { retryAfterMs } from './retry-after.js';

/** A provider's answer, read whole. */
export type ProviderAnswer = {
  readonly status: number;
  readonly ok: boolean;
  /** Parsed; `undefined` where it is no JSON. */
  readonly json: unknown;
  readonly text: string;
  /** Milliseconds; 0 where nothing was asked for. */
  readonly retryAfterMs: number;
};

export type ProviderRequest = {
  /** The channel, for faults. */
  readonly channel: string;
  /** The provider, for people: "Twilio". */
  readonly provider: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | URLSearchParams;
  readonly timeoutMs: number;
  /** It carries no message: asking again can't repeat one. */
  readonly harmless?: true;
};

/**
 * Posts to a provider. Redirects are not followed: credentials would go along.
 * @throws RetryableSendError when no answer comes in time
 */
export async function askProvider(request: ProviderRequest): Promise<ProviderAnswer> {
  const { channel, provider, url, headers = {}, body, timeoutMs, harmless } = request;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers,
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return {
      status: response.status,
      ok: response.ok,
      json: parsed(text),
      text,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), new Date()),
    };
  } catch (cause) {
    throw new RetryableSendError(channel, `${provider} could not be reached`, {
      cause,
      mayHaveGone: harmless !== true && mayHaveArrived(cause),
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Statuses that speak of the account or the moment, not of the message: they pass once repaired. */
const ABOUT_THE_ACCOUNT: ReadonlySet<number> = new Set([401, 403, 404, 408, 425, 429]);

/** Whether an answer refuses this message for good, as far as its status tells. */
export function refusesForGood({ status }: Pick<ProviderAnswer, 'status'>): boolean {
  return status >= 400 && status < 500 && !ABOUT_THE_ACCOUNT.has(status);
}
