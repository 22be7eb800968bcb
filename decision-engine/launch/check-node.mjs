// Imports nothing and uses only old syntax, so that a Node far too old still reaches the message.

/** The oldest Node this repository runs on: the first 20.x that can `require` ES modules unflagged. */
const OLDEST_NODE = '20.19.0';

/**
 * Says what is wrong with a Node version, or `undefined` where it will do.
 *
 * @param {string} version such as `20.20.2`, without a leading `v`
 * @returns {string | undefined}
 */
export function complaintAboutNode(version) {
  const have = version.split('.').map(Number);
  const need = OLDEST_NODE.split('.').map(Number);
  const part = need.findIndex((number, place) => number !== have[place]);
  if (part === -1 || (have[part] || 0) > (need[part] || 0)) return undefined;
  return `Segue needs Node ${OLDEST_NODE} or newer, and this is Node ${version}. Install one from https://nodejs.org and run the same command again.`;
}
