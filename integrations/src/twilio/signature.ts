import { createHash, createHmac } from 'node:crypto';
import { isSameSecret } from '../signed-calls/signed-call.js';

export type TwilioRequest = {
  /** The full URL as Twilio called it: scheme, host, path and query, as the outside sees it. */
  readonly url: string;
  /** The `X-Twilio-Signature` header. */
  readonly signature: string;
  /** The form fields with all their values; unknown ones too, since Twilio adds fields without notice. */
  readonly parameters: URLSearchParams;
  /** The body as it came, for requests that are no forms. */
  readonly rawBody?: string;
};

/** The text that is signed: the URL and the sorted fields, run together. A value that is sent twice counts once. */
function signedText(url: string, parameters: URLSearchParams): string {
  const keys = [...new Set(parameters.keys())].sort();
  const fields = keys.flatMap((key) =>
    [...new Set(parameters.getAll(key))].sort().map((value) => key + value),
  );
  return url + fields.join('');
}

/** Twilio signs some URLs with the scheme's own port and some without, whichever was configured. */
function variantsOf(url: string): readonly string[] {
  const match = /^(https?):\/\/([^/?#]*)(.*)$/s.exec(url);
  if (!match) return [url];
  const [, scheme = '', authority = '', rest = ''] = match;
  const bare = authority.replace(/:\d+$/, '');
  const port = scheme === 'https' ? '443' : '80';
  return [...new Set([url, `${scheme}://${bare}${rest}`, `${scheme}://${bare}:${port}${rest}`])];
}

function bodyMatches(url: string, rawBody: string | undefined): boolean {
  const claimed = URL.canParse(url) ? new URL(url).searchParams.get('bodySHA256') : null;
  if (claimed === null) return true;
  return isSameSecret(
    claimed.toLowerCase(),
    createHash('sha256')
      .update(rawBody ?? '')
      .digest('hex'),
  );
}

/** Whether a request comes from Twilio and is unchanged: base64 HMAC-SHA1 of URL and fields with the auth token. */
export function isTwilioRequest(
  { url, signature, parameters, rawBody }: TwilioRequest,
  authToken: string,
): boolean {
  if (authToken === '' || !bodyMatches(url, rawBody)) return false;
  return variantsOf(url).some((variant) => {
    const expected = createHmac('sha1', authToken).update(signedText(variant, parameters)).digest('base64');
    return isSameSecret(expected, signature);
  });
}
