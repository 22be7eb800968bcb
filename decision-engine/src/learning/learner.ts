import { OUTCOME_EVENT_NAMES, type PropensityModel, type SegueEvent } from '@segue/models';
import type { Logger } from 'pino';
import { isDuplicateKey } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import type { DecisionLearning } from './decision-learning.js';
import { type LearningDocument, type LessonDocument, learningCollections } from './lesson-documents.js';

/** What a model must offer to learn in the serving process. */
export type LearningModel = Pick<
  PropensityModel,
  'version' | 'windowDays' | 'positive' | 'learn' | 'correct' | 'learningState' | 'restoreLearning'
>;

export type Learner = {
  /** Learns from outcomes among events that just entered profiles. Never throws: what fails is settled later. */
  note(events: readonly SegueEvent[]): Promise<void>;
  /** Counts as a no what was shown and not answered by the time most answer; catches up on outcomes a crash left out. @returns how many decisions */
  settle(): Promise<number>;
  /** Adds waiting lessons to the state of the model in force. @returns how many */
  apply(): Promise<number>;
  /** Takes up what other engine processes have learned since. */
  refresh(): Promise<void>;
  /** Puts back what was learned with a model, before it serves. */
  restore(model: LearningModel): Promise<void>;
};

export type LearnerOptions = {
  readonly store: Pick<Store, 'connection' | 'decisions' | 'events'>;
  /** The propensity model in force. */
  readonly model: () => LearningModel | null;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'warn'>;
};

const BATCH = 500;
const TRIES = 50;
const DAY_MS = 86_400_000;
/** Lessons are kept so many windows, to know a repeated outcome; later ones are too late to count anyway. */
const KEPT_WINDOWS = 3;

type Deciding = { _id: string; customerId: string; decidedAt: Date; learning?: DecisionLearning };
type Told = {
  readonly decisionId: string;
  readonly actionId: string;
  readonly yes: boolean;
  /** Nobody said it: nothing was heard. */
  readonly silent?: true;
  readonly at: Date;
};

/**
 * Learns online from each outcome, once, whichever process hears of it and wherever one dies. A lesson is stored under the
 * name of its offer; the state is a document that every write replaces by its revision, with the lessons that the write
 * added. An outcome is in the state if its lesson is not pending, or if the state lists it in `applied`.
 */
export function createLearner({ store, model, clock, log }: LearnerOptions): Learner {
  const { lessons, states } = learningCollections(store.connection);
  const decisions = store.decisions;
  /** The revision each model in memory stands at; absent = unknown, to be put back from the store. */
  const standing = new WeakMap<LearningModel, number>();
  let turn: Promise<unknown> = Promise.resolve();

  const put = (which: LearningModel, document: Pick<LearningDocument, 'revision' | 'state'> | null): void => {
    const revision = document?.revision ?? 0;
    if (standing.get(which) === revision) return;
    which.restoreLearning(
      document === null
        ? { format: 1, modelVersion: which.version, actions: {} }
        : JSON.parse(document.state),
    );
    standing.set(which, revision);
  };

  /** Adds the lessons that are not there yet. @returns how many */
  const add = async (given: readonly LessonDocument[]): Promise<number> => {
    if (given.length === 0) return 0;
    const operations = given.map(({ _id, ...lesson }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: lesson }, upsert: true },
    }));
    return (await lessons.bulkWrite(operations, { ordered: false })).upsertedCount;
  };

  const teach = async (told: readonly Told[]): Promise<number> => {
    if (told.length === 0) return 0;
    const ids = [...new Set(told.map(({ decisionId }) => decisionId))];
    const found = await decisions
      .find({ _id: { $in: ids } }, { customerId: 1, decidedAt: 1, learning: 1 })
      .lean<Deciding[]>();
    const byId = new Map(found.map((decision) => [decision._id, decision]));
    const given = told.flatMap(({ decisionId, actionId, yes, silent, at }): LessonDocument[] => {
      const learning = byId.get(decisionId)?.learning;
      const offer = learning?.offers.find((each) => each.actionId === actionId);
      if (learning === undefined || offer === undefined || at > closingOf(learning)) return [];
      const { modelVersion } = learning;
      const _id = `${decisionId}:${actionId}`;
      return [
        { _id, schemaVersion: 1, modelVersion, offer, yes, ...(silent && { silent }), at, pending: true },
      ];
    });
    const added = await add(given);
    const yeses = new Map(given.filter(({ yes }) => yes).map((lesson) => [lesson._id, lesson]));
    if (yeses.size === 0) return added;
    const silences = await lessons
      .find({ _id: { $in: [...yeses.keys()] }, silent: true }, { _id: 1 })
      .lean<Pick<LessonDocument, '_id'>[]>();
    const late = silences.flatMap(({ _id }): LessonDocument[] => {
      const yes = yeses.get(_id);
      return yes === undefined ? [] : [{ ...yes, _id: `${_id}:late`, corrects: true }];
    });
    return added + (await add(late));
  };

  const applyOnce = async (which: LearningModel): Promise<number | 'lost'> => {
    const document = await states.findById(which.version).lean<LearningDocument | null>();
    put(which, document);
    const before = document?.applied ?? [];
    if (before.length > 0) await lessons.updateMany({ _id: { $in: before } }, { $unset: { pending: '' } });
    const waiting = await lessons
      .find({ pending: true, modelVersion: which.version })
      .sort({ at: 1, _id: 1 })
      .limit(BATCH)
      .lean<LessonDocument[]>();
    if (waiting.length === 0) return 0;
    // Until the write went through, what the model in memory stands at is nobody's state.
    standing.delete(which);
    for (const { offer, yes, corrects } of waiting) {
      if (corrects) which.correct(offer);
      else which.learn(offer, yes);
    }
    const revision = (document?.revision ?? 0) + 1;
    const applied = waiting.map(({ _id }) => _id);
    const state = JSON.stringify(which.learningState());
    const fields = { schemaVersion: 1, revision, state, applied, at: clock() };
    if (!(await replaced(which.version, document?.revision ?? null, fields))) return 'lost';
    standing.set(which, revision);
    await lessons.updateMany({ _id: { $in: applied } }, { $unset: { pending: '' } });
    return waiting.length;
  };

  const replaced = async (
    version: string,
    expected: number | null,
    fields: Omit<LearningDocument, '_id'>,
  ): Promise<boolean> => {
    if (expected !== null) {
      const { matchedCount } = await states.updateOne({ _id: version, revision: expected }, { $set: fields });
      return matchedCount === 1;
    }
    try {
      await states.create({ _id: version, ...fields });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  };

  const applyAll = async (): Promise<number> => {
    const which = model();
    if (which === null) return 0;
    let total = 0;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const done = await applyOnce(which);
      if (done === 'lost') continue;
      total += done;
      if (done < BATCH) return total;
    }
    return total;
  };

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => {});
    return mine;
  };

  const settleDue = async (): Promise<number> => {
    const now = clock();
    const due = await decisions
      .find({ 'learning.settlesAt': { $lte: now } }, { customerId: 1, decidedAt: 1, learning: 1 })
      .sort({ 'learning.settlesAt': 1 })
      .limit(BATCH)
      .lean<Deciding[]>();
    const positive = model()?.positive ?? ['accepted'];
    for (const decision of due) {
      const { learning } = decision;
      if (learning?.settlesAt === undefined) continue;
      const closes = closingOf(learning);
      const events = await store.events
        .find({
          customerId: decision.customerId,
          timestamp: { $gte: decision.decidedAt, $lte: closes },
          'properties.decision_id': decision._id,
        })
        .lean();
      const told = learning.offers.flatMap(({ actionId }) => {
        const about = events.filter(({ properties }) => properties['action_id'] === actionId);
        if (about.length === 0) return [];
        const yes = about.some(({ name }) => positive.some((each) => OUTCOME_EVENT_NAMES[each] === name));
        const refused = about.some(({ name }) => name === OUTCOME_EVENT_NAMES.rejected);
        const at = learning.settlesAt ?? now;
        return [
          {
            decisionId: decision._id,
            actionId,
            yes,
            at,
            ...(yes || refused ? {} : { silent: true as const }),
          },
        ];
      });
      await teach(told);
      // What is shown late, or answered after most, is looked for once more when the window closes.
      await decisions.updateOne(
        { _id: decision._id },
        learning.settlesAt < closes
          ? { $set: { 'learning.settlesAt': closes } }
          : { $unset: { 'learning.settlesAt': '' } },
      );
    }
    const windowMs = (model()?.windowDays ?? 7) * DAY_MS;
    const old = new Date(now.getTime() - KEPT_WINDOWS * windowMs);
    await lessons.deleteMany({ at: { $lt: old }, pending: { $exists: false } });
    return due.length;
  };

  return {
    note: async (events) => {
      try {
        const positive = model()?.positive ?? [];
        if ((await teach(events.flatMap((event) => toldBy(event, positive)))) > 0) await inTurn(applyAll);
      } catch (error) {
        log.warn({ err: error }, 'could not learn from outcomes now; they are learned from when they settle');
      }
    },
    settle: async () => {
      const settled = await settleDue();
      if (settled > 0) await inTurn(applyAll);
      return settled;
    },
    apply: () => inTurn(applyAll),
    refresh: () =>
      inTurn(async () => {
        const which = model();
        if (which === null) return;
        const known = await states.findById(which.version, { revision: 1 }).lean<LearningDocument | null>();
        if ((known?.revision ?? 0) === standing.get(which)) return;
        put(which, await states.findById(which.version).lean<LearningDocument | null>());
      }),
    restore: async (which) =>
      put(which, await states.findById(which.version).lean<LearningDocument | null>()),
  };
}

/** When a yes stops to count. Decisions of before kept one time for both. */
function closingOf({ closesAt, settlesAt }: Partial<DecisionLearning>): Date {
  return closesAt ?? settlesAt ?? new Date(0);
}

/** What an event teaches: an answer that counts as yes, or a no said aloud. Silence is settled later. */
function toldBy(event: SegueEvent, positive: PropensityModel['positive']): Told[] {
  const { decision_id: decisionId, action_id: actionId } = event.properties;
  if (event.type !== 'track' || typeof decisionId !== 'string' || typeof actionId !== 'string') return [];
  const yes = positive.some((outcome) => OUTCOME_EVENT_NAMES[outcome] === event.name);
  const no = event.name === OUTCOME_EVENT_NAMES.rejected;
  return yes || no ? [{ decisionId, actionId, yes, at: event.timestamp }] : [];
}
