import type { Engine } from '../engine/engine.js';
import { AUDIT_SCHEMA_VERSION, type AuditTarget, type AuditWho } from './audit-document.js';
import { redact } from './redact.js';
import { targetOf } from './target-of.js';

/** What the work itself knows better than its input says. */
export type AuditDetails = {
  readonly target?: AuditTarget;
  readonly before?: unknown;
  readonly after?: unknown;
};
export type AuditNote = (details: AuditDetails) => void;

/** For work that is not in the audit log. */
export const NO_NOTE: AuditNote = () => {};

export type AuditedWork = {
  readonly who: AuditWho;
  readonly what: string;
  /** What was asked; kept as `after` where the work notes nothing better. */
  readonly input: unknown;
};

/** Does work that belongs in the audit log; the entry is there before the work begins. @throws what the work throws */
export async function audited<Result>(
  { store, clock, newId }: Pick<Engine, 'store' | 'clock' | 'newId'>,
  { who, what, input }: AuditedWork,
  work: (note: AuditNote) => Promise<Result>,
): Promise<Result> {
  const _id = newId('aud');
  let known: AuditDetails = {};
  await store.audit.create({
    _id,
    schemaVersion: AUDIT_SCHEMA_VERSION,
    at: clock(),
    who,
    what,
    target: targetOf(input),
    before: null,
    after: redact(input),
    outcome: 'begun',
    problem: null,
  });
  const end = async (outcome: 'done' | 'failed', problem: string | null): Promise<void> => {
    const { target, before, after } = known;
    await store.audit.updateOne(
      { _id },
      {
        $set: {
          outcome,
          problem,
          ...(target === undefined ? {} : { target }),
          ...(before === undefined ? {} : { before: redact(before) }),
          ...(after === undefined ? {} : { after: redact(after) }),
        },
      },
    );
  };
  let result: Result;
  try {
    result = await work((details) => {
      known = { ...known, ...details };
    });
  } catch (error) {
    await end('failed', (error instanceof Error ? error.message : String(error)).slice(0, 300));
    throw error;
  }
  await end('done', null);
  return result;
}
