import { createHash } from 'node:crypto';

const PLAIN = /^[A-Za-z0-9_-]{1,100}$/;

/**
 * The Message-ID of a delivery, always the same for it, so that a message sent twice after a crash can be recognised
 * as one. Ids that a header couldn't hold as they are go in as a hash.
 * @returns with its angle brackets: `<delivery@example.org>`
 */
export function messageIdFor(deliveryId: string, domain: string): string {
  const local = PLAIN.test(deliveryId)
    ? deliveryId
    : createHash('sha256').update(deliveryId).digest('hex').slice(0, 40);
  return `<${local}@${domain}>`;
}
