import { isDuplicateKey } from '../store/duplicate-keys.js';
import type { Store } from '../store/store.js';
import { ASSIGNMENT_SCHEMA_VERSION, type AssignmentDocument } from './assignment-document.js';

/** As long as a session: who went home looks after nobody. */
const ASSIGNED_FOR_MS = 12 * 3_600_000;

export type Assigned = { readonly agentId: string; readonly name: string; readonly at: Date };

const since = (now: Date): Date => new Date(now.getTime() - ASSIGNED_FOR_MS);

/** Who looks after each of these customers; who is looked after by nobody is not in it. */
export async function assignmentsOf(
  store: Store,
  { customerIds, now }: { readonly customerIds: readonly string[]; readonly now: Date },
): Promise<ReadonlyMap<string, Assigned>> {
  const found = await store.assignments
    .find({ _id: { $in: [...customerIds] }, at: { $gt: since(now) } })
    .lean<AssignmentDocument[]>();
  if (found.length === 0) return new Map();
  const agentIds = [...new Set(found.map(({ agentId }) => agentId))];
  const agents = await store.agents.find({ _id: { $in: agentIds } }, { name: 1, email: 1 }).lean();
  const names = new Map(agents.map(({ _id, name, email }) => [_id, name === '' ? email : name]));
  return new Map(
    found.map(({ _id, agentId, at }) => [_id, { agentId, name: names.get(agentId) ?? agentId, at }]),
  );
}

/** The customers who are looked after: by this agent, or by others, or by anybody. */
export async function assignedCustomers(
  store: Store,
  { by, now }: { readonly by?: string | { readonly not: string }; readonly now: Date },
): Promise<readonly string[]> {
  const agent = by === undefined ? {} : { agentId: typeof by === 'string' ? by : { $ne: by.not } };
  const found = await store.assignments
    .find({ ...agent, at: { $gt: since(now) } }, { _id: 1 })
    .lean<Pick<AssignmentDocument, '_id'>[]>();
  return found.map(({ _id }) => _id);
}

export type Assigning = {
  readonly customerId: string;
  readonly agentId: string;
  readonly now: Date;
  /** Takes the customer over from whoever has them. */
  readonly takeOver: boolean;
};

/** Puts a customer in somebody's hands. Of two who do so at once one succeeds. @returns false while somebody else has them */
export async function assign(
  store: Store,
  { customerId, agentId, now, takeOver }: Assigning,
): Promise<boolean> {
  const free = takeOver ? {} : { $or: [{ agentId }, { at: { $lte: since(now) } }] };
  const set = { schemaVersion: ASSIGNMENT_SCHEMA_VERSION, agentId, at: now };
  try {
    await store.assignments.updateOne({ _id: customerId, ...free }, { $set: set }, { upsert: true });
  } catch (error) {
    // Somebody has them, so that nothing fitted, and the new one would be a second.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await store.assignments.deleteMany({ at: { $lte: since(now) } });
  return true;
}

/** Lets a customer go again, where this agent has them. */
export async function release(
  store: Store,
  { customerId, agentId }: Pick<Assigning, 'customerId' | 'agentId'>,
): Promise<void> {
  await store.assignments.deleteOne({ _id: customerId, agentId });
}
