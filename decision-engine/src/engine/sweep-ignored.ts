import { durationToMs } from '../catalogue/duration.js';
import type { DecisionDocument } from '../decisions/decision-document.js';
import { findIgnored } from '../outcomes/find-ignored.js';
import type { OutcomeEntry } from '../outcomes/record-outcome.js';
import type { Engine } from './engine.js';
import { tryFeedback } from './give-feedback.js';

const BATCH = 100;

/** What came of each action, whatever the channel: an answer to the agent answers the e-mail too. */
function entriesOf({ _id, outcomes }: Pick<DecisionDocument, '_id' | 'outcomes'>): OutcomeEntry[] {
  return outcomes
    .map(({ at, outcome, actionId }) => ({ at, outcome, actionId, decisionId: _id, channel: '' }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The message it was shown by, where one was sent. */
function sentBy(
  decision: Pick<DecisionDocument, 'deliveries'>,
  actionId: string,
): { channel: string; treatmentId?: string } | undefined {
  const message = decision.deliveries.find(
    (each) => each.actionId === actionId && ['sent', 'delivered', 'opened'].includes(each.state),
  );
  if (message === undefined) return undefined;
  const { channel, treatmentId } = message;
  return { channel, ...(treatmentId === undefined ? {} : { treatmentId }) };
}

/**
 * Records as ignored what was shown and had no answer in time. The due time stands in the decision, so it survives a
 * restart; doing it twice changes nothing.
 * @returns how many decisions were looked at
 */
export async function sweepIgnored(engine: Engine): Promise<number> {
  const now = engine.clock();
  const settings = engine.rules().policies.outcomes;
  for (let seen = 0; ; ) {
    const due = await engine.store.decisions
      .find({ ignoredDueAt: { $lte: now } }, { candidates: 0 })
      .sort({ ignoredDueAt: 1 })
      .limit(BATCH)
      .lean<Omit<DecisionDocument, 'candidates'>[]>();
    for (const decision of due) {
      const entries = entriesOf(decision);
      // Shown twice, by the agent and in the e-mail, is ignored once: after the last time.
      const ignored = new Map(findIgnored(entries, settings, now).map((entry) => [entry.actionId, entry]));
      for (const { actionId, at } of ignored.values()) {
        await tryFeedback(
          engine,
          {
            decisionId: decision._id,
            actionId,
            outcome: 'ignored',
            feedbackId: `${decision._id}:${actionId}:ignored`,
            at,
            via: sentBy(decision, actionId),
          },
          null,
        );
      }
      const wait = durationToMs(settings.ignoredAfter);
      const later = entries
        .filter(({ outcome, at }) => outcome === 'shown' && at.getTime() + wait > now.getTime())
        .map(({ at }) => at.getTime() + wait);
      await engine.store.decisions.updateOne(
        { _id: decision._id, ignoredDueAt: decision.ignoredDueAt ?? null },
        later.length === 0
          ? { $unset: { ignoredDueAt: '' } }
          : { $set: { ignoredDueAt: new Date(Math.min(...later)) } },
      );
    }
    seen += due.length;
    if (due.length < BATCH) return seen;
  }
}
