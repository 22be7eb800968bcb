import { createHash } from 'node:crypto';

/** The same JSON whatever the order of its keys. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    const entries = Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries);
  });
}

/**
 * A messageId for a message that came without one: a hash of what it says. Without a `timestamp` nothing tells a
 * repeat from a second happening, so `receivedAt` and the position in the batch go in too, and both are kept.
 */
export function deriveMessageId(
  message: { readonly timestamp: Date | undefined; readonly content: unknown },
  arrival: { readonly receivedAt: Date; readonly position: number },
): string {
  const occasion =
    message.timestamp === undefined ? [arrival.receivedAt.toISOString(), arrival.position] : [];
  const hash = createHash('sha256').update(canonicalJson([message.content, ...occasion]));
  return `hash-${hash.digest('hex').slice(0, 40)}`;
}
