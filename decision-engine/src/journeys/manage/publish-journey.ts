import type { Engine } from '../../engine/engine.js';
import { isDuplicateKey } from '../../store/duplicate-keys.js';
import { compileJourney } from '../definition/compile-journey.js';
import { JOURNEY_DOCUMENT_VERSION, type JourneyVersionDocument } from '../store/journey-documents.js';

export type Published =
  | { readonly kind: 'published'; readonly journeyId: string; readonly version: number }
  | { readonly kind: 'unchanged'; readonly journeyId: string; readonly version: number }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }
  /** Another author was quicker. */
  | { readonly kind: 'outdated'; readonly latest: number };

export type ToPublish = {
  readonly definition: unknown;
  readonly author: string;
  readonly note?: string | undefined;
  /** The text it was written as, with its comments; kept beside it. */
  readonly source?: string | undefined;
  /** The version it was made from, 0 for a new journey: a later one in force means that somebody else was quicker. */
  readonly basedOn?: number | undefined;
};

/** Checks a definition against the catalogue in force and everything else it names; nothing is kept. */
export function checkJourney(engine: Pick<Engine, 'rules' | 'journeys'>, definition: unknown) {
  return compileJourney(definition, {
    rules: engine.rules(),
    endpoints: [...engine.journeys.endpoints.keys()],
  });
}

/**
 * Makes a definition the version in force of its journey. Runs in flight finish on theirs or move, as it says.
 * Versions are never changed.
 */
export async function publishJourney(
  engine: Pick<Engine, 'store' | 'rules' | 'journeys' | 'clock'>,
  toPublish: ToPublish,
): Promise<Published> {
  const { author, note = '', source, basedOn } = toPublish;
  const { store } = engine;
  const checked = checkJourney(engine, toPublish.definition);
  if (!checked.ok) return { kind: 'invalid', problems: checked.problems };
  const { definition } = checked.journey;
  const { journeyId, name, onNewVersion } = definition;
  const head = await store.journeys.findById(journeyId).lean();
  const latest = await store.journeyVersions
    .findOne({ journeyId })
    .sort({ version: -1 })
    .lean<JourneyVersionDocument | null>();
  const before = latest?.version ?? 0;
  if (latest !== null && head?.version === before && same(latest.definition, definition)) {
    return { kind: 'unchanged', journeyId, version: before };
  }
  if (basedOn !== undefined && basedOn !== before) return { kind: 'outdated', latest: before };
  const version = before + 1;
  const now = engine.clock();
  try {
    await store.journeyVersions.create({
      _id: `${journeyId}@${version}`,
      schemaVersion: JOURNEY_DOCUMENT_VERSION,
      journeyId,
      version,
      definition,
      author,
      createdAt: now,
      note,
      ...(source === undefined ? {} : { source }),
    });
  } catch (error) {
    if (isDuplicateKey(error)) return { kind: 'outdated', latest: version };
    throw error;
  }
  await store.journeys.updateOne(
    { _id: journeyId },
    {
      $set: { version, name, updatedAt: now },
      $setOnInsert: {
        schemaVersion: JOURNEY_DOCUMENT_VERSION,
        state: 'on',
        scannedAt: null,
        scan: null,
        refused: {},
      },
    },
    { upsert: true },
  );
  if (onNewVersion === 'move') {
    // Waits are counted anew; a run that something outside is under way for moves when it next waits.
    await store.journeyRuns.updateMany(
      {
        journeyId,
        status: 'active',
        version: { $lt: version },
        'state.waiting.kind': { $in: ['timer', 'event'] },
      },
      { $set: { dueAt: now } },
    );
  }
  await engine.journeys.reload();
  return { kind: 'published', journeyId, version };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether customers enter and runs go on; null = there is no such journey. */
export async function setJourneyState(
  engine: Pick<Engine, 'store' | 'clock' | 'journeys'>,
  journeyId: string,
  state: 'on' | 'paused' | 'stopped',
): Promise<{ readonly journeyId: string; readonly state: string } | null> {
  const changed = await engine.store.journeys.updateOne(
    { _id: journeyId },
    { $set: { state, updatedAt: engine.clock() } },
  );
  await engine.journeys.reload();
  return changed.matchedCount === 0 ? null : { journeyId, state };
}
