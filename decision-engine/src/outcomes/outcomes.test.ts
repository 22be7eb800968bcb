import { describe, expect, it } from 'vitest';
import type { ContactEntry } from '../decide/decision-profile.js';
import { contactOf } from '../testing/decision-fixtures.js';
import { attributeOutcome } from './attribute-outcome.js';
import { findIgnored } from './find-ignored.js';
import { learningSignal } from './learning-signal.js';
import { outcomeSettingsSchema } from './outcome-settings.js';
import { recordOutcome, releaseReservation } from './record-outcome.js';

const settings = outcomeSettingsSchema.parse({});

function entry(
  outcome: ContactEntry['outcome'],
  at: string,
  changes: Partial<ContactEntry> = {},
): ContactEntry {
  return contactOf('offer', { decisionId: 'd1', outcome, at: new Date(at), ...changes });
}

function recordAll(...entries: readonly ContactEntry[]): string[] {
  const history = entries.reduce<readonly ContactEntry[]>(
    (known, next) => recordOutcome(known, next).history,
    [],
  );
  return history.map(({ outcome }) => outcome);
}

describe('recordOutcome', () => {
  it('turns a reservation into a contact when it is shown', () => {
    expect(recordAll(entry('reserved', '2026-11-01T10:00Z'), entry('shown', '2026-11-01T10:01Z'))).toEqual([
      'shown',
    ]);
  });

  it('takes an answer without "shown" as a contact too', () => {
    expect(recordAll(entry('reserved', '2026-11-01T10:00Z'), entry('accepted', '2026-11-01T10:01Z'))).toEqual(
      ['accepted'],
    );
  });

  it('records the same outcome once', () => {
    const shown = entry('shown', '2026-11-01T10:00Z');
    expect(recordOutcome([shown], entry('shown', '2026-11-01T10:05Z'))).toEqual({
      changed: false,
      history: [shown],
      reason: '"shown" is recorded already',
    });
  });

  it('lets the later answer replace the earlier, and not the other way round', () => {
    const no = entry('rejected', '2026-11-01T10:00Z');
    const yes = entry('accepted', '2026-11-01T10:00:05Z');
    expect(recordAll(no, yes)).toEqual(['accepted']);
    expect(recordAll(yes, no)).toEqual(['accepted']);
  });

  it('lets any response replace "ignored", and "ignored" replace none', () => {
    const shown = entry('shown', '2026-11-01T10:00Z');
    const ignored = entry('ignored', '2026-11-04T10:00Z');
    const clicked = entry('clicked', '2026-11-05T10:00Z');
    expect(recordAll(shown, ignored, clicked)).toEqual(['shown', 'clicked']);
    expect(recordAll(shown, clicked, ignored)).toEqual(['shown', 'clicked']);
  });

  it('keeps the history in order when an outcome comes late', () => {
    const other = entry('shown', '2026-11-03T10:00Z', { decisionId: 'd2' });
    expect(
      recordOutcome([other], entry('shown', '2026-11-01T10:00Z')).history.map(({ decisionId }) => decisionId),
    ).toEqual(['d1', 'd2']);
  });

  it('gives a reservation back', () => {
    expect(
      releaseReservation(
        [entry('reserved', '2026-11-01T10:00Z'), entry('shown', '2026-11-01T10:00Z')],
        'd1',
      ).map(({ outcome }) => outcome),
    ).toEqual(['shown']);
  });
});

describe('attributeOutcome', () => {
  const clicked = entry('clicked', '2026-11-02T10:00Z', { decisionId: 'mail' });
  const shownLater = entry('shown', '2026-11-04T10:00Z', { decisionId: 'banner', channel: 'web' });
  const at = new Date('2026-11-05T10:00Z');

  it('gives it to the last contact within the window', () => {
    expect(attributeOutcome([clicked, shownLater], { at }, settings)).toMatchObject({
      contact: { decisionId: 'banner' },
    });
  });

  it('gives it to the last click where the settings say so', () => {
    expect(
      attributeOutcome([clicked, shownLater], { at }, { ...settings, attribution: 'lastClick' }),
    ).toMatchObject({
      contact: { decisionId: 'mail' },
    });
  });

  it('gives it to nobody once the window has passed, to the millisecond', () => {
    const edge = new Date('2026-11-11T10:00:00.000Z');
    expect(attributeOutcome([shownLater], { at: new Date(edge.getTime() - 1) }, settings).attributed).toBe(
      true,
    );
    expect(attributeOutcome([shownLater], { at: edge }, settings)).toEqual({
      attributed: false,
      reason: 'no contact in the 7d before',
    });
  });

  it('believes an outcome that names its decision, however old', () => {
    expect(
      attributeOutcome(
        [clicked, shownLater],
        { at: new Date('2027-01-01T00:00Z'), decisionId: 'mail' },
        settings,
      ),
    ).toMatchObject({
      attributed: true,
      rule: 'named',
    });
  });

  it('gives credit to the other action of a decision of which one was rejected', () => {
    const other = { ...shownLater, actionId: 'other' };
    const history = [other, shownLater, { ...shownLater, outcome: 'rejected' as const }];
    expect(attributeOutcome(history, { at }, settings)).toMatchObject({ contact: { actionId: 'other' } });
  });

  it('gives no credit to a contact that was rejected, came later or is only reserved', () => {
    const rejected = [shownLater, { ...shownLater, outcome: 'rejected' as const }];
    expect(attributeOutcome(rejected, { at }, settings).attributed).toBe(false);
    expect(attributeOutcome([shownLater], { at: new Date('2026-11-04T09:00Z') }, settings).attributed).toBe(
      false,
    );
    expect(attributeOutcome([{ ...shownLater, outcome: 'reserved' }], { at }, settings).attributed).toBe(
      false,
    );
  });
});

describe('learningSignal', () => {
  it('teaches yes and no only by what is an answer', () => {
    const outcomes = [
      'accepted',
      'converted',
      'rejected',
      'ignored',
      'shown',
      'clicked',
      'postponed',
    ] as const;
    expect(outcomes.map(learningSignal)).toEqual([1, 1, 0, 0, null, null, null]);
  });
});

describe('findIgnored', () => {
  it('finds what was shown three days ago and never answered', () => {
    const history = [
      entry('shown', '2026-11-01T10:00Z', { decisionId: 'old' }),
      entry('shown', '2026-11-01T11:00Z', { decisionId: 'answered' }),
      entry('rejected', '2026-11-01T11:05Z', { decisionId: 'answered' }),
      entry('shown', '2026-11-03T10:00Z', { decisionId: 'young' }),
    ];
    expect(findIgnored(history, settings, new Date('2026-11-04T10:00Z'))).toEqual([
      { ...history[0], outcome: 'ignored', at: new Date('2026-11-04T10:00Z') },
    ]);
  });
});
