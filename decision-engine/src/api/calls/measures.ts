import { buildReport } from '../../measures/build-report.js';
import { readCohort } from '../../measures/cohort.js';
import { startOfDay } from '../../measures/days.js';
import { readExperiments } from '../../measures/read-experiments.js';
import { readRows } from '../../measures/read-rows.js';
import type { Window } from '../../measures/read-window.js';
import { WindowTooLarge } from '../../measures/window-too-large.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { readCursor } from '../read-cursor.js';
import type {
  ExperimentsView,
  MeasureReportView,
  MeasureRowsQuery,
  MeasureRowsView,
  MeasuresQuery,
  Moment,
} from '../shapes/measure.js';

/** @throws ApiError `window_too_large` */
export async function getMeasures(
  { engine }: Call,
  { from, to, compareFrom, compareTo, against, timeZone: asked, ...filter }: MeasuresQuery,
): Promise<MeasureReportView> {
  const { policies, catalogue, segments } = engine.rules();
  const { company } = policies;
  const timeZone = asked ?? company.timeZone;
  const window = windowOf({ from, to }, timeZone);
  const report = await bounded(() =>
    buildReport(engine.store, {
      window,
      against:
        compareFrom === undefined || compareTo === undefined
          ? (against ?? null)
          : windowOf({ from: compareFrom, to: compareTo }, timeZone),
      filter,
      policies,
      serviceActions: new Set(
        catalogue.actions
          .filter(({ issue }) => company.serviceIssues.includes(issue))
          .map(({ actionId }) => actionId),
      ),
      timeZone,
      now: engine.clock(),
    }),
  );
  const channels = catalogue.actions.flatMap(({ treatments }) => treatments.map(({ channel }) => channel));
  return {
    ...report,
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    timeZone,
    choices: {
      companyTimeZone: company.timeZone,
      segments: segments.map(({ segmentId, name }) => ({ id: segmentId, name })),
      journeys: engine.journeys
        .inForce()
        .map(({ journeyId, journey }) => ({ id: journeyId, name: journey.definition.name })),
      actions: catalogue.actions.map(({ actionId, name }) => ({ id: actionId, name })),
      channels: [...new Set(channels)].sort(),
    },
  };
}

function windowOf({ from, to }: { readonly from: Moment; readonly to: Moment }, timeZone: string): Window {
  const at = (given: Moment): Date => (typeof given === 'string' ? startOfDay(given, timeZone) : given);
  return { from: at(from), to: at(to) };
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
    if (isOutOfTime(error)) {
      throw new ApiError(
        'window_too_large',
        'The window takes too long to look through: ask for a shorter one',
      );
    }
    throw error;
  }
}

/** The database's MaxTimeMSExpired. */
function isOutOfTime(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 50;
}

function decodeRowCursor(text: string): { at: Date; eventId: string } | null {
  const decoded = Buffer.from(text, 'base64url').toString();
  const space = decoded.indexOf(' ');
  const at = new Date(Number(decoded.slice(0, space)));
  return space < 1 || Number.isNaN(at.getTime()) ? null : { at, eventId: decoded.slice(space + 1) };
}

/** @throws ApiError `invalid_cursor`, `window_too_large` */
export async function getMeasureRows(
  { engine }: Call,
  { measure, from, to, timeZone, cursor, limit, ...filter }: MeasureRowsQuery,
): Promise<MeasureRowsView> {
  const before = readCursor(cursor, decodeRowCursor) ?? null;
  const window = windowOf({ from, to }, timeZone ?? engine.rules().policies.company.timeZone);
  const rows = await bounded(async () => {
    const cohort = await readCohort(engine.store, filter, window);
    return readRows(engine.store, { key: measure, window, cohort, filter, before, limit });
  });
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    nextCursor:
      last === undefined ? null : Buffer.from(`${last.at.getTime()} ${last.eventId}`).toString('base64url'),
  };
}
