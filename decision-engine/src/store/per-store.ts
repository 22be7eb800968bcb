import type { Store } from './store.js';

/** One thing for each store, made when it is first asked for: what gathers or remembers for all who share a connection. */
export function perStore<Thing>(make: (store: Store) => Thing): (store: Store) => Thing {
  const things = new WeakMap<Store, Thing>();
  return (store) => {
    const known = things.get(store);
    if (known !== undefined) return known;
    const thing = make(store);
    things.set(store, thing);
    return thing;
  };
}
