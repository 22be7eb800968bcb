import type { Store } from '../store/store.js';
import type { AuditDocument } from './audit-document.js';

export type AuditCursor = { readonly at: Date; readonly id: string };
export type AuditFilter = {
  /** An agent's id, a key's name, a command. */
  readonly who?: string | undefined;
  /** `people` for everything of people, or one call: `people.setRole`. */
  readonly what?: string | undefined;
  readonly target?: string | undefined;
  readonly from?: Date | undefined;
  /** Not included. */
  readonly to?: Date | undefined;
};

function encodeAuditCursor({ at, id }: AuditCursor): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
}

/** @returns null for what no list answered with */
export function decodeAuditCursor(text: string): AuditCursor | null {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(decoded)) return null;
    const [at, id]: unknown[] = decoded;
    return typeof at === 'number' && typeof id === 'string' ? { at: new Date(at), id } : null;
  } catch {
    return null;
  }
}

/** The changes that were made, the newest first. */
export async function readAudit(
  store: Store,
  {
    filter,
    cursor,
    limit,
  }: { readonly filter: AuditFilter; readonly cursor: AuditCursor | null; readonly limit: number },
): Promise<{ items: AuditDocument[]; nextCursor: string | null }> {
  const { who, what, target, from, to } = filter;
  const found = await store.audit
    .find({
      ...(who === undefined ? {} : { 'who.id': who }),
      ...(what === undefined
        ? {}
        : what.includes('.')
          ? { what }
          : { what: { $gte: `${what}.`, $lt: `${what}/` } }),
      ...(target === undefined ? {} : { 'target.id': target }),
      ...(from === undefined && to === undefined
        ? {}
        : {
            at: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) },
          }),
      ...(cursor === null
        ? {}
        : { $or: [{ at: { $lt: cursor.at } }, { at: cursor.at, _id: { $lt: cursor.id } }] }),
    })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean<AuditDocument[]>();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = found.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeAuditCursor({ at: last.at, id: last._id }) : null };
}
