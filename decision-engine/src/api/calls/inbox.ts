import type { z } from 'zod';
import type { Engine } from '../../engine/engine.js';
import { assign, assignmentsOf, release } from '../../inbox/assignments.js';
import {
  deleteView,
  findView,
  MOST_VIEWS,
  readViews,
  saveView,
  setDefaultView,
} from '../../inbox/inbox-views.js';
import { decodeInboxCursor, readInbox } from '../../inbox/read-inbox.js';
import { ApiError } from '../api-error.js';
import { type KnownCaller, requirePermission } from '../caller.js';
import { readCursor } from '../read-cursor.js';
import type { inboxPage } from '../shapes/customer.js';
import type {
  AssignedView,
  AssignmentAnswer,
  AssignRequest,
  InboxChoices,
  InboxRequest,
  InboxViews,
  SaveViewRequest,
} from '../shapes/inbox.js';
import type { AgentView } from '../shapes/session.js';

/** A call of a person: the inbox is nobody else's. */
type AgentCall = {
  readonly engine: Engine;
  readonly agent: AgentView;
  readonly caller: KnownCaller;
};

/** @throws ApiError `invalid_cursor` */
export function getInbox(
  { engine, agent }: AgentCall,
  { cursor, limit, filter }: InboxRequest,
): Promise<z.infer<typeof inboxPage>> {
  return readInbox(engine.store, {
    cursor: readCursor(cursor, decodeInboxCursor),
    limit,
    filter,
    agentId: agent.agentId,
    now: engine.clock(),
  });
}

async function assignedTo({ store, clock }: Engine, customerId: string): Promise<AssignedView | null> {
  const found = await assignmentsOf(store, { customerIds: [customerId], now: clock() });
  const assigned = found.get(customerId);
  return assigned === undefined ? null : { ...assigned, at: assigned.at.toISOString() };
}

/** Who looks after a customer. */
export async function getAssignment(
  { engine }: AgentCall,
  { customerId }: { readonly customerId: string },
): Promise<{ assigned: AssignedView | null }> {
  return { assigned: await assignedTo(engine, customerId) };
}

/** Takes a customer into one's hands, or lets them go. @throws ApiError `unknown_customer` */
export async function changeAssignment(
  { engine, agent }: AgentCall,
  { customerId, how }: AssignRequest,
): Promise<AssignmentAnswer> {
  const { store, live } = engine;
  const known = await store.customers.exists({ _id: customerId, mergedInto: null });
  if (known === null) throw new ApiError('unknown_customer', `There is no customer "${customerId}"`);
  const { agentId } = agent;
  const before = await assignedTo(engine, customerId);
  const done =
    how === 'release'
      ? await release(store, { customerId, agentId }).then(
          () => before === null || before.agentId === agentId,
        )
      : await assign(store, { customerId, agentId, now: engine.clock(), takeOver: how === 'takeOver' });
  const assigned = await assignedTo(engine, customerId);
  if (assigned?.agentId !== before?.agentId) live.assignmentChanged(customerId, assigned);
  return { done, assigned };
}

export async function getViews({ engine, agent }: AgentCall): Promise<InboxViews> {
  const { items, defaultViewId } = await readViews(engine.store, agent.agentId);
  return { items: [...items], defaultViewId };
}

const unknownView = (viewId: string) =>
  new ApiError('unknown_view', `You and your team have no view "${viewId}"`);

/** @throws ApiError `not_allowed`, `view_taken`, `too_many_views` */
export async function putView(call: AgentCall, view: SaveViewRequest): Promise<InboxViews> {
  const { engine, agent, caller } = call;
  if (view.shared) requirePermission(caller, 'inbox:share');
  const saved = await saveView(engine.store, { view, agentId: agent.agentId, now: engine.clock() });
  switch (saved) {
    case 'saved':
      return getViews(call);
    case 'not-yours':
      throw new ApiError(
        'view_taken',
        `The view "${view.viewId}" is somebody else's: save it under another id`,
      );
    case 'too-many':
      throw new ApiError('too_many_views', `There are ${MOST_VIEWS} views already: delete one first`);
  }
}

/** @throws ApiError `unknown_view`, `not_allowed` */
export async function dropView(
  call: AgentCall,
  { viewId }: { readonly viewId: string },
): Promise<InboxViews> {
  const { engine, agent, caller } = call;
  const view = await findView(engine.store, { viewId, agentId: agent.agentId });
  if (view === null) throw unknownView(viewId);
  if (view.shared) requirePermission(caller, 'inbox:share');
  await deleteView(engine.store, viewId);
  return getViews(call);
}

/** @throws ApiError `unknown_view` */
export async function chooseDefaultView(
  call: AgentCall,
  { viewId }: { readonly viewId: string | null },
): Promise<InboxViews> {
  const { engine, agent } = call;
  const { agentId } = agent;
  if (viewId !== null && (await findView(engine.store, { viewId, agentId })) === null)
    throw unknownView(viewId);
  await setDefaultView(engine.store, { viewId, agentId });
  return getViews(call);
}

/** Channels on which customers write to us, as events say. */
const WRITTEN_ON = ['sms', 'whatsapp'];

/** What a filter can choose from: names alone, which is less than who may read segments sees. */
export function getChoices({ engine }: Pick<AgentCall, 'engine'>): InboxChoices {
  return {
    segments: engine.rules().segments.map(({ segmentId, name }) => ({ segmentId, name })),
    channels: WRITTEN_ON,
  };
}
