import { describe, expect, it } from 'vitest';
import { trackEvent } from '../testing/track-event.js';
import { offersInHistory } from './offers-in-history.js';

const offer = { decision_id: 'd1', action_id: 'a1', group_id: 'g', treatment_id: 't', channel: 'email' };

describe('offersInHistory', () => {
  it('pairs each action shown with the first yes of its own decision', () => {
    const events = [
      trackEvent('Action Shown', '2026-01-01', offer),
      trackEvent('Action Shown', '2026-01-01T00:00:01Z', { ...offer, action_id: 'a2' }),
      trackEvent('Action Clicked', '2026-01-02', offer),
      trackEvent('Action Accepted', '2026-01-03', offer),
      trackEvent('Action Accepted', '2026-01-04', offer),
      trackEvent('Action Shown', '2026-01-05', { ...offer, decision_id: 'd2' }),
    ];
    const offers = offersInHistory({ customerId: 'c', events }, ['accepted']);
    expect(offers.map(({ candidate, daysToYes }) => [candidate.actionId, daysToYes])).toEqual([
      ['a1', 2],
      ['a2', undefined],
      ['a1', undefined],
    ]);
    expect(offersInHistory({ customerId: 'c', events }, ['accepted', 'clicked'])[0]?.daysToYes).toBe(1);
  });

  it('counts an action shown twice for one decision once, from its first time', () => {
    const events = [
      trackEvent('Action Shown', '2026-01-01', offer),
      trackEvent('Action Shown', '2026-01-02', offer),
      trackEvent('Action Accepted', '2026-01-03', offer),
    ];
    expect(offersInHistory({ customerId: 'c', events }, ['accepted'])).toMatchObject([{ daysToYes: 2 }]);
  });

  it('leaves out a yes that no offer stands behind', () => {
    const events = [trackEvent('Action Accepted', '2026-01-03', offer)];
    expect(offersInHistory({ customerId: 'c', events }, ['accepted'])).toEqual([]);
  });
});
