import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../policy/policies.js';
import { actionOf, deciderOf, inputOf, on } from '../testing/decision-fixtures.js';
import { compareSimulations } from './compare-simulations.js';
import { type SimulationReport, SimulationTally } from './simulation-tally.js';

const actions = [on('email', actionOf('mail')), actionOf('call', { group: 'service' })];

/** Four customers, of whom the last two gave no consent to e-mail. */
function simulate(policies: PoliciesInput): SimulationReport {
  const decider = deciderOf(actions, policies);
  const tally = new SimulationTally();
  for (let customer = 0; customer < 4; customer += 1) {
    const segments = customer === 0 ? ['loyal', 'north'] : [];
    const input = inputOf({
      channels: ['email', 'agent'],
      profile: { segments, ...(customer < 2 ? {} : { consent: {} }) },
      propensities: { mail: 0.5, call: 0.2 },
      seed: `customer-${customer}`,
    });
    tally.add(decider.decide(input), segments);
  }
  return tally.report();
}

describe('SimulationTally', () => {
  it('counts by action, channel, group and segment, and what stopped the rest', () => {
    expect(simulate({})).toEqual({
      customers: 4,
      reached: 4,
      fallbacks: 0,
      expectedValue: 14,
      byAction: { call: { decisions: 2, value: 4 }, mail: { decisions: 2, value: 10 } },
      byChannel: { agent: { decisions: 2, value: 4 }, email: { decisions: 2, value: 10 } },
      byGroup: { offers: { decisions: 2, value: 10 }, service: { decisions: 2, value: 4 } },
      bySegment: {
        '(none)': { decisions: 3, value: 9 },
        loyal: { decisions: 1, value: 5 },
        north: { decisions: 1, value: 5 },
      },
      droppedBy: { 'consent: consent': 2 },
      heldBy: {},
    });
  });
});

describe('compareSimulations', () => {
  it('shows what a draft changes', () => {
    const draft: PoliciesInput = {
      contact: {
        quietHours: [{ name: 'midday', from: '11:00', to: '14:00', appliesTo: { channels: ['email'] } }],
      },
    };
    const comparison = compareSimulations(simulate({}), simulate(draft));
    expect(comparison.expectedValue).toEqual({ name: 'expected value', inForce: 14, draft: 8, change: -6 });
    expect(comparison.actions).toEqual([
      { name: 'call', inForce: 2, draft: 4, change: 2 },
      { name: 'mail', inForce: 2, draft: 0, change: -2 },
    ]);
    expect(comparison.droppedBy).toEqual([]);
  });

  it('refuses runs over different numbers of customers', () => {
    const report = simulate({});
    expect(() => compareSimulations(report, { ...report, customers: 5 })).toThrow('got 4 and 5');
  });
});
