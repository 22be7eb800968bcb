import type { AuditDocument } from '../../audit/audit-document.js';
import { decodeAuditCursor, readAudit } from '../../audit/read-audit.js';
import type { Engine } from '../../engine/engine.js';
import { readCursor } from '../read-cursor.js';
import type { AuditEntryView, AuditQuery } from '../shapes/audit.js';

function viewOf({ _id, at, schemaVersion, ...entry }: AuditDocument): AuditEntryView {
  return { auditId: _id, at: at.toISOString(), ...entry };
}

/** @throws ApiError `invalid_cursor` */
export async function listAudit(
  { engine }: { readonly engine: Engine },
  { cursor, limit, from, to, ...filter }: AuditQuery,
): Promise<{ items: AuditEntryView[]; nextCursor: string | null }> {
  const { items, nextCursor } = await readAudit(engine.store, {
    filter: {
      ...filter,
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
    },
    cursor: readCursor(cursor, decodeAuditCursor),
    limit,
  });
  return { items: items.map(viewOf), nextCursor };
}
