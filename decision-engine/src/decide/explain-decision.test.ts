import { describe, expect, it } from 'vitest';
import { actionOf, deciderOf, inputOf, on } from '../testing/decision-fixtures.js';
import { explainDecision } from './explain-decision.js';

describe('explainDecision', () => {
  it('tells what was chosen, what else could have been, what waits and what fell out', () => {
    const decider = deciderOf(
      [
        actionOf('express', {
          applicability: [
            { name: 'the parcel is late', when: { field: 'features.late', op: 'eq', value: 1 } },
          ],
        }),
        actionOf('upsell'),
        actionOf('sale', {
          endsAt: '2026-11-01T00:00:00Z',
          eligibility: [{ name: 'grown up', when: { field: 'traits.age', op: 'gte', value: 18 } }],
        }),
        on('email', actionOf('mail')),
      ],
      {
        contact: {
          quietHours: [{ name: 'midday', from: '11:00', to: '14:00', appliesTo: { channels: ['email'] } }],
        },
        exploration: { default: { strategy: 'greedy' } },
      },
    );
    const result = decider.decide(
      inputOf({
        channels: ['agent', 'email'],
        profile: { features: { late: 1 } },
        propensities: { express: { probability: 0.5, reasons: ['asked for it twice'] }, upsell: 0.2 },
      }),
    );
    expect(explainDecision(result)).toEqual({
      headline: 'Chosen: express on agent (100 % of the time)',
      chosen: ['express on agent: the parcel is late; asked for it twice'],
      alsoPossible: ['upsell on agent: priority 0.2 x 1 x 10 x 1 = 2'],
      later: ['mail on email: from 2026-11-22T14:00:00.000Z'],
      out: [
        'sale on agent: dates, start and end: ended 2026-11-01T00:00:00.000Z | eligibility, grown up: traits.age is not known, wanted at least 18',
      ],
    });
  });

  it('says why nothing was chosen', () => {
    expect(explainDecision(deciderOf([]).decide(inputOf())).headline).toBe(
      'Nothing was chosen. No action has a treatment on agent',
    );
  });
});
