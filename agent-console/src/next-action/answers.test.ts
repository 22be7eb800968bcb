import { describe, expect, it } from 'vitest';
import type { OutcomeRecord } from '../engine/engine-types';
import { decisionFixture, FIXTURE_NOW } from '../testing/fixtures';
import { answerKey, answerOf, NO_REASONS, openActions } from './answers';

const outcome = (more: Partial<OutcomeRecord>): OutcomeRecord => ({
  feedbackId: 'f',
  actionId: 'a',
  outcome: 'accepted',
  value: null,
  note: null,
  until: null,
  at: new Date(FIXTURE_NOW).toISOString(),
  agent: null,
  ...more,
});

describe('openActions', () => {
  const decision = decisionFixture({ index: 0, version: 0, now: FIXTURE_NOW, without: new Set() });

  it('leaves out what was answered, and brings up the next', () => {
    const [first, second] = decision.actions;
    const answered = new Set([answerKey(decision.decisionId, first?.actionId ?? '')]);
    expect(openActions(decision, answered)[0]).toBe(second);
  });

  it('keeps a suggestion that was answered in an earlier decision', () => {
    const answered = new Set([answerKey('another decision', decision.actions[0]?.actionId ?? '')]);
    expect(openActions(decision, answered)).toHaveLength(decision.actions.length);
  });
});

describe('answerOf', () => {
  it('reads yes, no and later', () => {
    expect(answerOf(outcome({ outcome: 'accepted' }))).toEqual({ outcome: 'accepted' });
    expect(answerOf(outcome({ outcome: 'rejected', note: 'too expensive' }))).toEqual({
      outcome: 'rejected',
      note: 'too expensive',
    });
    expect(answerOf(outcome({ outcome: 'postponed', until: '2026-11-23T09:00:00.000Z' }))).toEqual({
      outcome: 'postponed',
      until: '2026-11-23T09:00:00.000Z',
    });
  });

  it.each(['shown', 'clicked', 'converted', 'ignored'] as const)('%s answers nothing', (kind) => {
    expect(answerOf(outcome({ outcome: kind }))).toBeNull();
  });
});

describe('NO_REASONS', () => {
  it('are five different ones', () => {
    expect(new Set(NO_REASONS.map((reason) => reason.value)).size).toBe(5);
  });
});
