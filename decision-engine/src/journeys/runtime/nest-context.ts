import type { RunContext } from '../run/run-facts.js';

type Nested = { [name: string]: Nested | string | number | boolean };

/** `{ "products.0.name": "Mug" }` as templates read it: `context.products[0].name`. */
export function nestContext(context: RunContext): Nested {
  const root: Nested = Object.create(null) as Nested;
  for (const [path, value] of Object.entries(context)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = root;
    for (const name of names) {
      const next = place[name];
      // What is a value already can't hold parts; the value stays.
      if (next !== undefined && typeof next !== 'object') break;
      const inner: Nested = next ?? (Object.create(null) as Nested);
      place[name] = inner;
      place = inner;
    }
    if (typeof place[last] !== 'object') place[last] = value;
  }
  return root;
}
