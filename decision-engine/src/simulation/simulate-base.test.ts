import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkContent } from '../catalogue-store/check-content.js';
import type { DecidingRules } from '../decisions/deciding-rules.js';
import type { PoliciesInput } from '../policy/policies.js';
import { NO_SCORERS } from '../scoring/scorers.js';
import { actionOf, on } from '../testing/decision-fixtures.js';
import { startTestEngine, type TestEngine } from '../testing/test-engine.js';
import { simulateBase } from './simulate-base.js';

const actions = [
  on('email', actionOf('mail', { value: { type: 'fixed', amount: 50 } })),
  actionOf('call', { group: 'service', class: 'transactional' }),
];
const segments = [
  { segmentId: 'north', name: 'North', when: { field: 'traits.region', op: 'eq' as const, value: 'north' } },
];
const request = { channel: 'email', alsoOn: ['agent'], slots: 1, context: {} };

function rules(policies: PoliciesInput): DecidingRules {
  const checked = checkContent({ actions, policies, segments }, 'test');
  if (!checked.ok) throw new Error(checked.problems.join('\n'));
  return checked.rules;
}

/** No e-mail to anybody. */
const silent: PoliciesInput = {
  contact: {
    limits: [{ name: 'no e-mail', appliesTo: { channels: ['email'] }, max: 0, window: '1d' }],
  },
};

describe('simulateBase', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine({ actions, segments });
    for (let customer = 0; customer < 20; customer += 1) {
      await engine.customer(`u${customer}`, {
        email: `u${customer}@example.com`,
        region: customer < 5 ? 'north' : 'south',
      });
      if (customer < 12) {
        const context = { consent: { categoryPreferences: { marketing_email: true } } };
        await engine.send({ type: 'identify', userId: `u${customer}`, context });
      }
    }
  }, 60_000);
  afterAll(() => engine.close());

  const simulate = (more: { segment?: string; signal?: AbortSignal; progress?: number[] } = {}) =>
    simulateBase({
      store: engine.store,
      scorers: NO_SCORERS,
      inForce: rules({}),
      draft: rules(silent),
      request,
      now: engine.now(),
      segment: more.segment,
      signal: more.signal,
      onProgress: ({ done }) => more.progress?.push(done),
    });

  it('asks every customer under both, says what would change, and writes nothing', async () => {
    const before = await engine.store.connection.collection('customers').find().toArray();
    const progress: number[] = [];
    const result = await simulate({ progress });
    if (result.kind !== 'done') throw new Error(result.kind);
    const { inForce, draft, comparison, unreadable } = result.simulation;
    expect([inForce.customers, draft.customers, unreadable]).toEqual([20, 20, 0]);
    expect(inForce.byAction).toMatchObject({ mail: { decisions: 12 }, call: { decisions: 8 } });
    expect(draft.byAction).toMatchObject({ call: { decisions: 20 } });
    expect(draft.byChannel['email']).toBeUndefined();
    expect(comparison.channels).toEqual([
      { name: 'agent', inForce: 8, draft: 20, change: 12 },
      { name: 'email', inForce: 12, draft: 0, change: -12 },
    ]);
    expect(comparison.droppedBy).toMatchObject([{ name: 'contactPolicy: no e-mail', draft: 12 }]);
    expect(progress.at(-1)).toBe(20);
    expect(await engine.store.connection.collection('customers').find().toArray()).toEqual(before);
    expect(await engine.store.decisions.countDocuments()).toBe(0);
  });

  it('keeps to a segment, and says when there is none of that name', async () => {
    const result = await simulate({ segment: 'north' });
    expect(result.kind === 'done' && result.simulation.inForce.customers).toBe(5);
    expect(await simulate({ segment: 'nobody' })).toEqual({ kind: 'unknown-segment', segment: 'nobody' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await simulate({ signal: stop.signal })).toEqual({ kind: 'stopped' });
  });

  it('comes to the same twice', async () => {
    expect(await simulate()).toEqual(await simulate());
  });
});
