import { buildReport } from '../../measures/build-report.js';
import { readExperiments } from '../../measures/read-experiments.js';
import { readRows } from '../../measures/read-rows.js';
import { WindowTooLarge } from '../../measures/read-window.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { readCursor } from '../read-cursor.js';
import type {
  ExperimentsView,
  MeasureReportView,
  MeasureRowsQuery,
  MeasureRowsView,
  MeasuresQuery,
} from '../shapes/measure.js';

/** @throws ApiError `window_too_large` */
export async function getMeasures(
  { engine }: Call,
  { from, to, compareFrom, compareTo }: MeasuresQuery,
): Promise<MeasureReportView> {
  const compared =
    compareFrom === undefined || compareTo === undefined ? null : { from: compareFrom, to: compareTo };
  const report = await bounded(() => buildReport(engine.store, { from, to }, compared));
  return { ...report, from: from.toISOString(), to: to.toISOString() };
}

/** @throws ApiError `window_too_large` */
export async function getExperiments({ engine }: Call): Promise<ExperimentsView> {
  const readings = await bounded(() =>
    readExperiments(engine.store, engine.rules().policies, engine.clock()),
  );
  const customer = await engine.store.customers
    .findOne({ 'totals.orders': { $gt: 0 } }, { totals: 1 })
    .lean();
  return {
    currency: customer?.totals.currency ?? null,
    items: readings.map(({ startsAt, endsAt, since, result, ...rest }) => ({
      ...rest,
      ...result,
      startsAt: startsAt?.toISOString() ?? null,
      endsAt: endsAt?.toISOString() ?? null,
      since: since.toISOString(),
    })),
  };
}

async function bounded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WindowTooLarge) {
      throw new ApiError('window_too_large', `${error.message}: ask for a shorter one`);
    }
    throw error;
  }
}

function decodeRowCursor(text: string): { at: Date; eventId: string } | null {
  const decoded = Buffer.from(text, 'base64url').toString();
  const space = decoded.indexOf(' ');
  const at = new Date(Number(decoded.slice(0, space)));
  return space < 1 || Number.isNaN(at.getTime()) ? null : { at, eventId: decoded.slice(space + 1) };
}

/** @throws ApiError `invalid_cursor` */
export async function getMeasureRows(
  { engine }: Call,
  { measure, from, to, cursor, limit }: MeasureRowsQuery,
): Promise<MeasureRowsView> {
  const before = readCursor(cursor, decodeRowCursor) ?? null;
  const rows = await readRows(engine.store, { key: measure, window: { from, to }, before, limit });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    nextCursor:
      last === undefined ? null : Buffer.from(`${last.at.getTime()} ${last.eventId}`).toString('base64url'),
  };
}
