import { listDecisions } from '../../decisions/list-decisions.js';
import type { Call } from '../call.js';
import { readCursor } from '../read-cursor.js';
import type { DecisionsPage, DecisionsQuery } from '../shapes/decision.js';

function decodeDecisionCursor(text: string): { at: Date; decisionId: string } | null {
  const decoded = Buffer.from(text, 'base64url').toString();
  const space = decoded.indexOf(' ');
  const at = new Date(Number(decoded.slice(0, space)));
  return space < 1 || Number.isNaN(at.getTime()) ? null : { at, decisionId: decoded.slice(space + 1) };
}

/** @throws ApiError `invalid_cursor` */
export async function getDecisions(
  { engine }: Call,
  { cursor, limit, ...filter }: DecisionsQuery,
): Promise<DecisionsPage> {
  const before = readCursor(cursor, decodeDecisionCursor);
  const lines = await listDecisions(engine.store, { ...filter, before, limit });
  const last = lines.length === limit ? lines.at(-1) : undefined;
  return {
    items: lines.map(({ decidedAt, ...line }) => ({ ...line, decidedAt: decidedAt.toISOString() })),
    nextCursor:
      last === undefined
        ? null
        : Buffer.from(`${last.decidedAt.getTime()} ${last.decisionId}`).toString('base64url'),
  };
}
