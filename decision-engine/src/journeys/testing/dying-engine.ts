import type { Engine } from '../../engine/engine.js';

const WRITES: ReadonlySet<PropertyKey> = new Set([
  'create',
  'updateOne',
  'updateMany',
  'bulkWrite',
  'deleteOne',
  'deleteMany',
]);

/** An engine whose process dies before its write number `writes + 1`: from there on no write gets through. */
export function dyingEngine(engine: Engine, writes: number): { readonly engine: Engine; died(): boolean } {
  let made = 0;
  const count = (): void => {
    made += 1;
    if (made > writes) throw new Error('the process is dead');
  };
  const watched = <T extends object>(target: T, isWrite: (name: PropertyKey) => boolean): T =>
    new Proxy(target, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          if (isWrite(name)) count();
          return Reflect.apply(value, of, args);
        };
      },
    });
  const store = new Proxy(engine.store, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name);
      if (name === 'connection') return watched(of.connection, (method) => method === 'collection');
      const isModel = typeof value === 'function' && 'bulkWrite' in value;
      return isModel ? watched(value, (method) => WRITES.has(method)) : value;
    },
  });
  return { engine: { ...engine, store }, died: () => made > writes };
}
