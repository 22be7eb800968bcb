import type { Engine } from '../../engine/engine.js';
import { JOURNEY_DOCUMENT_VERSION } from '../store/journey-documents.js';
import type { EffectToPerform } from './journey-work.js';
import { noticesFor } from './send-notices.js';

/** Asks an agent for something, once for each effect. */
export async function createTask(
  engine: Engine,
  { key, run }: Pick<EffectToPerform<unknown>, 'key' | 'run'>,
  task: {
    readonly title: string;
    readonly note: string;
    readonly decisionId: string | null;
    readonly dueInMs: number;
  },
): Promise<void> {
  const { dueInMs, ...told } = task;
  const now = engine.clock();
  const notices = noticesFor(engine, now);
  await engine.store.journeyTasks.updateOne(
    { _id: key },
    {
      $setOnInsert: {
        schemaVersion: JOURNEY_DOCUMENT_VERSION,
        customerId: run.customerId,
        journeyId: run.journeyId,
        runId: run._id,
        ...told,
        state: 'open',
        createdAt: now,
        dueAt: new Date(now.getTime() + dueInMs),
        doneAt: null,
        doneBy: null,
        ...(notices.length === 0 ? {} : { notices }),
      },
    },
    { upsert: true },
  );
  engine.live.inboxChanged([run.customerId]);
}
