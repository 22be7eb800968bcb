import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '../engine/engine-types';
import { mergeTimeline, passes } from './merge-timeline';

const item = (id: string, minute: number, more: Partial<TimelineItem> = {}): TimelineItem => ({
  id,
  kind: 'event',
  at: new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString(),
  title: id,
  detail: '',
  decisionId: null,
  ...more,
});

describe('mergeTimeline', () => {
  it('shows each item once, newest first', () => {
    const merged = mergeTimeline([
      [item('b', 2), item('a', 1)],
      [item('a', 1), item('z', 0)],
    ]);
    expect(merged.map(({ id }) => id)).toEqual(['b', 'a', 'z']);
  });

  it('puts an event that came late where it belongs', () => {
    const merged = mergeTimeline([[item('late', 1), item('c', 3), item('a', 0)]]);
    expect(merged.map(({ id }) => id)).toEqual(['c', 'late', 'a']);
  });

  it('takes the first word on an item that came twice', () => {
    expect(
      mergeTimeline([[item('a', 1, { detail: 'new' }), item('a', 1, { detail: 'old' })]])[0]?.detail,
    ).toBe('new');
  });

  it('keeps the order of the engine within one moment', () => {
    expect(mergeTimeline([[item('b', 1), item('a', 1)]]).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('passes', () => {
  it('counts answers to the decisions', () => {
    const kinds = (['event', 'decision', 'outcome', 'delivery'] as const).filter((kind) =>
      passes(item('x', 0, { kind }), 'decision'),
    );
    expect(kinds).toEqual(['decision', 'outcome']);
  });
});
