import { RetryableSendError } from '@segue/integrations';
import type { Engine } from '../../engine/engine.js';
import type { JourneyTaskDocument, TaskNotice } from '../store/journey-documents.js';

/** How long a worker may hold a notice before another may think it died. */
const LEASE_MS = 60_000;
/** Waits after a passing fault; colleagues see the task in the console all the while. */
const BACK_OFF_MS = [5_000, 60_000, 10 * 60_000];

type Taken = { readonly task: JourneyTaskDocument; readonly notice: TaskNotice };
type Ending = Pick<TaskNotice, 'state' | 'detail' | 'dueAt'>;

/** The notices a new task begins with: one for each room of the staff that is configured. */
export function noticesFor({ channels }: Pick<Engine, 'channels'>, now: Date): TaskNotice[] {
  return channels.all
    .filter(({ forStaff, state }) => forStaff === true && state.configured)
    .map(({ channel }) => ({
      channel: channel.definition.id,
      state: 'pending',
      detail: '',
      attempts: 0,
      dueAt: now,
    }));
}

/** Takes the next due notice under a lease, so that no two workers send it at once. */
async function takeNext(engine: Pick<Engine, 'store' | 'clock'>): Promise<Taken | null> {
  const { store } = engine;
  const now = engine.clock();
  const due = { state: 'pending', dueAt: { $lte: now } };
  const task = await store.journeyTasks
    .findOne({ notices: { $elemMatch: due } })
    .lean<JourneyTaskDocument | null>();
  const notice = task?.notices?.find(({ state, dueAt }) => state === 'pending' && dueAt <= now);
  if (task === null || notice === undefined) return null;
  const { channel, attempts } = notice;
  const leased = await store.journeyTasks.updateOne(
    { _id: task._id, notices: { $elemMatch: { channel, attempts, ...due } } },
    {
      $set: { 'notices.$[one].dueAt': new Date(now.getTime() + LEASE_MS) },
      $inc: { 'notices.$[one].attempts': 1 },
    },
    { arrayFilters: [{ 'one.channel': channel }] },
  );
  if (leased.modifiedCount === 0) return takeNext(engine);
  return { task, notice: { ...notice, attempts: attempts + 1 } };
}

async function attempt(engine: Engine, { task, notice }: Taken): Promise<Ending> {
  const now = engine.clock();
  const channel = engine.channels.get(notice.channel)?.channel;
  if (task.state !== 'open') return { state: 'failed', detail: 'the task was done before', dueAt: now };
  if (channel === undefined) return { state: 'failed', detail: `no channel "${notice.channel}"`, dueAt: now };
  const { consoleUrl } = engine;
  try {
    const result = await channel.send({
      deliveryId: `${task._id}:${notice.channel}`,
      to: notice.channel,
      subject: task.title,
      text: task.note,
      ...(consoleUrl === undefined
        ? {}
        : { link: `${consoleUrl}/customers/${encodeURIComponent(task.customerId)}` }),
    });
    return result.status === 'sent'
      ? { state: 'sent', detail: '', dueAt: now }
      : { state: 'failed', detail: result.reason, dueAt: now };
  } catch (error) {
    const wait = BACK_OFF_MS[notice.attempts - 1];
    const reason = error instanceof Error ? error.message : String(error);
    if (wait === undefined) return { state: 'failed', detail: reason, dueAt: now };
    const asked = error instanceof RetryableSendError ? error.retryAfterMs : 0;
    return { state: 'pending', detail: reason, dueAt: new Date(now.getTime() + Math.max(wait, asked)) };
  }
}

/** Tells the staff's rooms of new tasks. A notice names no customer: the link leads to who it is about. @returns how many were tried */
export async function sendNotices(engine: Engine): Promise<number> {
  for (let tried = 0; ; tried += 1) {
    const taken = await takeNext(engine);
    if (taken === null) return tried;
    const { state, detail, dueAt } = await attempt(engine, taken);
    if (state === 'failed')
      engine.log.error({ task: taken.task._id, detail }, 'a notice to colleagues failed');
    await engine.store.journeyTasks.updateOne(
      { _id: taken.task._id },
      {
        $set: {
          'notices.$[one].state': state,
          'notices.$[one].detail': detail,
          'notices.$[one].dueAt': dueAt,
        },
      },
      { arrayFilters: [{ 'one.channel': taken.notice.channel }] },
    );
  }
}
