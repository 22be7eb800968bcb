// For a page: sends what a visitor does. Give it a key with the scope `events:write` and no other, since everybody can read
// it. Decisions are asked for by your server, which knows who the customer is.

/** @param {{ url: string, key: string, anonymousId: string }} segue */
export function createTracker({ url, key, anonymousId }) {
  return async (event, properties = {}) => {
    const response = await fetch(`${url}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ anonymousId, event, properties, messageId: crypto.randomUUID() }),
      keepalive: true,
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
    return answer;
  };
}
