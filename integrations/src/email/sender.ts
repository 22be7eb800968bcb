import { isEmailAddress } from './email-address.js';

export type Sender = { readonly address: string; readonly name: string };

/**
 * Reads `shop@example.org` or `The Shop <shop@example.org>`.
 * @throws RangeError if there is no single e-mail address in it
 */
export function parseSender(text: string): Sender {
  const match = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>]+))$/.exec(text.trim());
  const address = (match?.[2] ?? match?.[3] ?? '').trim();
  if (isEmailAddress(address)) return { address, name: (match?.[1] ?? '').trim() };
  throw new RangeError(
    `Expected the sender to be an e-mail address, such as "The Shop <shop@example.org>", got ${JSON.stringify(text)}`,
  );
}
