import type { Store } from '../store/store.js';

/** What to call who wrote something: the name of a person, the name of a key, or the author as it stands. */
export type AuthorNames = (author: string) => string;

const AGENT = 'agent:';
const APP = 'app:';

/** The names behind authors as they are kept with revisions and drafts: `agent:<id>`, `app:<name of the key>`, a word. */
export async function authorNames(
  store: Store,
  written: readonly { readonly author: string }[],
): Promise<AuthorNames> {
  const ids = written.flatMap(({ author }) => (author.startsWith(AGENT) ? [author.slice(AGENT.length)] : []));
  const people =
    ids.length === 0 ? [] : await store.agents.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean();
  const names = new Map(people.map(({ _id, name }) => [`${AGENT}${_id}`, name]));
  return (author) =>
    names.get(author) ?? (author.startsWith(APP) ? `the key “${author.slice(APP.length)}”` : author);
}
