import { describe, expect, it } from 'vitest';
import { decisionFixture, FIXTURE_NOW } from '../testing/fixtures';
import { decisionToShow } from './held-decision';

const decision = (version: number, without: string[] = []) =>
  decisionFixture({ index: 0, version, now: FIXTURE_NOW, without: new Set(without) });

describe('decisionToShow', () => {
  it('shows the newest while no one is in the card', () => {
    expect(decisionToShow(decision(0), decision(1, ['free-express']), false)?.decisionId).toBe('dec_0_1');
  });

  it('does not swap the card under the pointer', () => {
    expect(decisionToShow(decision(0), decision(1, ['free-express']), true)?.decisionId).toBe('dec_0_0');
  });

  it('takes a newer decision in place that suggests the same', () => {
    expect(decisionToShow(decision(0), decision(1), true)?.decisionId).toBe('dec_0_1');
  });

  it('never keeps an empty card', () => {
    const nothing = decision(0, ['free-express', 'kettle-guide', 'ask-back']);
    expect(decisionToShow(nothing, decision(1), true)?.decisionId).toBe('dec_0_1');
  });

  it('keeps what is shown while the newest is being read', () => {
    expect(decisionToShow(decision(0), undefined, false)?.decisionId).toBe('dec_0_0');
  });
});
