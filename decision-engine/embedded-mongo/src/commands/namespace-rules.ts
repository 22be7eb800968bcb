import { MongoError } from '../errors.js';
import { checkNamespace } from '../storage/catalog.js';

/** @throws MongoError InvalidNamespace (73) for a bad name or a collection of the system. */
export function checkSystemWrite(ns: string): void {
  checkNamespace(ns);
  const name = ns.slice(ns.indexOf('.') + 1);
  if (name.startsWith('system.') && name !== 'system.js') {
    throw new MongoError('InvalidNamespace', `cannot write to '${ns}'`);
  }
}
