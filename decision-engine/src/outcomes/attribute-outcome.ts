import { durationToMs } from '../catalogue/duration.js';
import type { ContactEntry } from '../decide/decision-profile.js';
import type { OutcomeSettings } from './outcome-settings.js';

/** Something the customer did that may be owed to a contact. */
export type UnattributedOutcome = {
  readonly at: Date;
  /** Known where the outcome comes through a link or from an agent; it settles the question. */
  readonly decisionId?: string | undefined;
  /** Only contacts with these count; absent = any. */
  readonly actions?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly channel?: string | undefined;
};

export type Attribution =
  | {
      readonly attributed: true;
      readonly contact: ContactEntry;
      readonly rule: 'named' | OutcomeSettings['attribution'];
    }
  | { readonly attributed: false; readonly reason: string };

function matches(entry: ContactEntry, outcome: UnattributedOutcome): boolean {
  return (
    entry.outcome !== 'reserved' &&
    entry.outcome !== 'ignored' &&
    entry.at <= outcome.at &&
    (outcome.actions?.includes(entry.actionId) ?? true) &&
    (outcome.groups?.includes(entry.groupId) ?? true) &&
    (outcome.channel === undefined || outcome.channel === entry.channel)
  );
}

function contactKey({ decisionId, actionId }: ContactEntry): string {
  return `${decisionId}|${actionId}`;
}

function latest(entries: readonly ContactEntry[]): ContactEntry | undefined {
  return entries.reduce<ContactEntry | undefined>(
    (best, entry) => (best === undefined || entry.at >= best.at ? entry : best),
    undefined,
  );
}

/**
 * Finds the contact an outcome belongs to: the one it names, else by the settings' rule the last within the window. A
 * contact whose customer said no is not given the credit.
 */
export function attributeOutcome(
  history: readonly ContactEntry[],
  outcome: UnattributedOutcome,
  settings: OutcomeSettings,
): Attribution {
  const { decisionId } = outcome;
  if (decisionId !== undefined) {
    const named = latest(
      history.filter(
        (entry) => entry.decisionId === decisionId && (outcome.actions?.includes(entry.actionId) ?? true),
      ),
    );
    if (named === undefined)
      return { attributed: false, reason: `no contact of decision ${decisionId} is known` };
    return { attributed: true, contact: named, rule: 'named' };
  }
  const oldest = outcome.at.getTime() - durationToMs(settings.attributionWindow);
  const rejected = new Set(history.filter((entry) => entry.outcome === 'rejected').map(contactKey));
  const touches = history.filter(
    (entry) => matches(entry, outcome) && entry.at.getTime() > oldest && !rejected.has(contactKey(entry)),
  );
  const clicks = touches.filter((entry) => entry.outcome === 'clicked' || entry.outcome === 'accepted');
  const contact = (settings.attribution === 'lastClick' ? latest(clicks) : undefined) ?? latest(touches);
  if (contact === undefined)
    return { attributed: false, reason: `no contact in the ${settings.attributionWindow} before` };
  return { attributed: true, contact, rule: settings.attribution };
}
