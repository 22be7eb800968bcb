import type { Engine } from '../../engine/engine.js';
import type { JourneyTaskDocument } from '../store/journey-documents.js';

/** What journeys ask agents to do, the most urgent first. */
export async function listTasks(
  engine: Pick<Engine, 'store'>,
  { customerId, limit }: { readonly customerId?: string | undefined; readonly limit: number },
): Promise<readonly JourneyTaskDocument[]> {
  return engine.store.journeyTasks
    .find({ state: 'open', ...(customerId === undefined ? {} : { customerId }) })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean<JourneyTaskDocument[]>();
}

/** Marks a task as done. @returns false when there is no such open task */
export async function completeTask(
  engine: Pick<Engine, 'store' | 'clock'>,
  taskId: string,
  agentId: string,
): Promise<boolean> {
  const done = await engine.store.journeyTasks.updateOne(
    { _id: taskId, state: 'open' },
    { $set: { state: 'done', doneAt: engine.clock(), doneBy: agentId } },
  );
  return done.modifiedCount === 1;
}
