import { randomBytes } from 'node:crypto';
import type { CustomerDocument } from '../../customers/customer-document.js';
import { findCustomer } from '../../customers/find-customer.js';
import type { Step } from '../definition/step.js';
import { advance, type EffectResult, endRun, failRun, type RunInput } from '../run/advance.js';
import { moveRun } from '../run/move-run.js';
import type { RunState } from '../run/run-state.js';
import { type RunDocument, runFields } from '../store/run-document.js';
import { customerOfRun } from './customer-of-run.js';
import type { EffectToPerform, JourneyWork } from './journey-work.js';
import { mapLimited } from './map-limited.js';
import { performEffect } from './perform-effect.js';

export type ToDrive = { readonly run: RunDocument; readonly input: RunInput };

type Stepped = {
  readonly before: ToDrive;
  readonly state: RunState;
  readonly version: number;
  readonly effect: EffectToPerform<Step> | null;
};

/** How many things are done outside at once. */
const SIDE_BY_SIDE = 8;
const MOST_ROUNDS = 500;
const TRIES = 20;
const BACK_OFF_MS = [5_000, 60_000, 600_000, 3_600_000];

/** The customers of these runs, the surviving one where one was merged. */
async function readCustomers(
  { engine }: JourneyWork,
  customerIds: readonly string[],
): Promise<Map<string, CustomerDocument>> {
  const unique = [...new Set(customerIds)];
  const found = await engine.store.customers.find({ _id: { $in: unique } }).lean<CustomerDocument[]>();
  const byId = new Map<string, CustomerDocument>();
  for (const document of found) {
    const current =
      document.mergedInto === null
        ? document
        : await findCustomer(engine.store, { customerId: document._id });
    if (current !== null) byId.set(document._id, current);
  }
  return byId;
}

function stepRun(work: JourneyWork, before: ToDrive, document: CustomerDocument | undefined): Stepped {
  const { engine } = work;
  const { run, input } = before;
  const now = engine.clock();
  const still = { before, version: run.version, effect: null };
  if (document === undefined) {
    const state = endRun(run.state, 'customer gone', {
      reason: 'the customer was erased',
      now: now.getTime(),
    });
    return { ...still, state };
  }
  const from = engine.journeys.version(run.journeyId, run.version);
  if (from === null) {
    return { ...still, state: failRun(run.state, `version ${run.version} can't be used any more`) };
  }
  const customer = customerOfRun(engine, document, now);
  const latest = engine.journeys.inForce().find(({ journeyId }) => journeyId === run.journeyId);
  const moves = latest?.journey.definition.onNewVersion === 'move' && latest.version > run.version;
  const moved = moves ? moveRun(run.state, from, { to: latest.journey, customer }) : null;
  const journey = moved === null || latest === undefined ? from : latest.journey;
  const version = moved === null || latest === undefined ? run.version : latest.version;
  const advanced = advance(moved ?? run.state, { journey, customer, now: now.getTime(), input });
  const [effect] = advanced.effects;
  return {
    before,
    state: advanced.run,
    version,
    effect: effect === undefined ? null : { ...effect, run, journey, document },
  };
}

/** Saves those that are still as they were read. @returns the runs as saved, by id */
async function save({ engine }: JourneyWork, steps: readonly Stepped[]): Promise<Map<string, RunDocument>> {
  if (steps.length === 0) return new Map();
  const now = engine.clock();
  const claim = randomBytes(9).toString('base64url');
  const saved = steps.map(({ before: { run }, state, version, effect }): RunDocument => {
    const fields = runFields(state, { now, underWay: effect !== null });
    return { ...run, ...fields, version, claim, revision: run.revision + 1 };
  });
  // Past the casting of each field, which costs more than the write: these values come from typed documents.
  const written = await engine.store.connection
    .collection<RunDocument>(engine.store.journeyRuns.collection.name)
    .bulkWrite(
      saved.map(({ _id, revision, customerId, ...fields }) => {
        const { status, stepId, outcome, dueAt, endedAt, state, version } = fields;
        return {
          updateOne: {
            filter: { _id, revision: revision - 1 },
            update: {
              $set: { status, stepId, outcome, dueAt, endedAt, state, version, claim, revision },
            },
          },
        };
      }),
      { ordered: false },
    );
  const byId = new Map(saved.map((run) => [run._id, run]));
  if (written.matchedCount === saved.length) return byId;
  const ours = await engine.store.journeyRuns
    .find({ _id: { $in: [...byId.keys()] }, claim }, { _id: 1 })
    .lean<Pick<RunDocument, '_id'>[]>();
  const won = new Set(ours.map(({ _id }) => _id));
  return new Map([...byId].filter(([id]) => won.has(id)));
}

async function perform(work: JourneyWork, effect: EffectToPerform<Step>): Promise<EffectResult> {
  try {
    return await performEffect(work, effect);
  } catch (error) {
    const { engine } = work;
    engine.log.error({ err: error, run: effect.run._id, step: effect.step.id }, 'a step of a journey failed');
    const { waiting } = effect.run.state;
    const wait = BACK_OFF_MS[waiting.kind === 'effect' ? waiting.tries : 0];
    const reason = error instanceof Error ? error.message.slice(0, 300) : String(error);
    return { kind: 'failed', reason, retryAt: wait === undefined ? null : engine.clock().getTime() + wait };
  }
}

/** Reads runs again that somebody else changed meanwhile: an event or a result is still to be told to them. */
async function readAgain({ engine }: JourneyWork, lost: readonly ToDrive[]): Promise<ToDrive[]> {
  const inputs = new Map(lost.map(({ run, input }) => [run._id, input]));
  const found = await engine.store.journeyRuns
    .find({ _id: { $in: [...inputs.keys()] }, status: 'active' })
    .lean<RunDocument[]>();
  return found.flatMap((run) => {
    const input = inputs.get(run._id);
    return input === undefined ? [] : [{ run, input }];
  });
}

/**
 * Tells runs what happened and takes them as far as they go: each state is saved before what it wants is done, and what
 * came of it after. A process that dies in between leaves a run that asks for the same thing under the same key.
 * At most one input for each run.
 * @returns how many messages and other things were done outside
 */
export async function driveRuns(work: JourneyWork, told: readonly ToDrive[]): Promise<number> {
  let performed = 0;
  let open: readonly ToDrive[] = told;
  const tries = new Map<string, number>();
  for (let round = 0; open.length > 0; round += 1) {
    if (round === MOST_ROUNDS)
      throw new Error(`${open.length} runs did not come to rest in ${MOST_ROUNDS} rounds`);
    const customers = await readCustomers(
      work,
      open.map(({ run }) => run.customerId),
    );
    const steps = open.map((each) => stepRun(work, each, customers.get(each.run.customerId)));
    // An event that means nothing to a run leaves it untouched; one that was claimed gets its due time back.
    const changed = steps.filter(
      ({ before, state }) => state !== before.run.state || before.input.type !== 'event',
    );
    const saved = await save(work, changed);
    const lost = changed.filter(({ before }) => !saved.has(before.run._id) && before.input.type !== 'time');
    const wanted = changed.flatMap(({ effect, before }) => {
      const run = saved.get(before.run._id);
      return effect === null || run === undefined ? [] : [{ ...effect, run }];
    });
    const results = await mapLimited(wanted, SIDE_BY_SIDE, async (effect): Promise<ToDrive> => {
      const result = await perform(work, effect);
      return { run: effect.run, input: { type: 'performed', key: effect.key, result } };
    });
    performed += results.length;
    const again = lost
      .map(({ before }) => before)
      .filter(({ run }) => {
        const tried = (tries.get(run._id) ?? 0) + 1;
        tries.set(run._id, tried);
        if (tried > TRIES)
          throw new Error(`Run ${run._id} kept being changed by others through ${TRIES} tries`);
        return true;
      });
    open = [...results, ...(again.length === 0 ? [] : await readAgain(work, again))];
  }
  return performed;
}
