type TokenMessage = { readonly type: 'segue:token'; readonly token: string };

/** What the window of Segue hands to the frame that opened it. Both are of one origin, and neither speaks to another. */
export function tokenMessage(token: string): TokenMessage {
  return { type: 'segue:token', token };
}

/** @returns null for every other message */
export function readTokenMessage(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('token' in data)) return null;
  return data.type === 'segue:token' && typeof data.token === 'string' ? data.token : null;
}
