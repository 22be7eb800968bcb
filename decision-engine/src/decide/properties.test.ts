import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deciderOf, inputOf } from '../testing/decision-fixtures.js';
import { forbidden } from '../testing/forbidden.js';
import { decisionArbitrary, type RandomDecision } from '../testing/random-decision.js';
import type { ContactEntry } from './decision-profile.js';

/** `npx vitest run --mode thorough src/decide/properties.test.ts` runs 100,000. */
const { env } = import.meta as { readonly env?: { readonly MODE?: string } };
const THOROUGH = env?.MODE === 'thorough';
const RUNS = THOROUGH ? 100_000 : 300;
const SEED = 20_261_122;
const TIMEOUT_MS = THOROUGH ? 3_600_000 : 60_000;

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

function run({ actions, policies, input }: RandomDecision) {
  const decider = deciderOf(actions, policies);
  const asked = deepFreeze(inputOf(input));
  return { decider, asked, result: decider.decide(asked) };
}

describe('decide, over random catalogues, policies, customers and moments', () => {
  it(
    'never chooses what is suppressed, unconsented, capped, cooling down, out of date, out of budget or not at this hour',
    async () => {
      let chosenInAll = 0;
      await fc.assert(
        fc.property(decisionArbitrary, (random) => {
          const { decider, asked, result } = run(random);
          const history: ContactEntry[] = [...asked.profile.contactHistory];
          for (const choice of result.chosen) {
            chosenInAll += 1;
            const action = decider.catalogue.actions.find(({ actionId }) => actionId === choice.actionId);
            if (action === undefined) throw new Error(`${choice.actionId} is not in the catalogue`);
            const why = forbidden({ action, channel: choice.channel }, asked, {
              policies: decider.policies.policies,
              history,
            });
            expect(why, `${choice.actionId} on ${choice.channel}`).toBeUndefined();
            expect(asked.context.channels).toContain(choice.channel);
            history.push({
              at: asked.now,
              outcome: 'shown',
              decisionId: 'this',
              actionId: action.actionId,
              treatmentId: choice.treatmentId,
              groupId: action.group,
              issueId: action.issue,
              class: action.class,
              channel: choice.channel,
            });
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
      // Were nearly everything ruled out, the property would hold for nothing.
      expect(chosenInAll).toBeGreaterThan(RUNS / 2);
    },
    TIMEOUT_MS,
  );

  it(
    'drops nothing that no rule forbids: a single candidate that is allowed is chosen',
    async () => {
      let chosen = 0;
      await fc.assert(
        fc.property(decisionArbitrary, (random) => {
          const action = random.actions[0];
          if (action === undefined) return;
          const { decider, asked, result } = run({ ...random, actions: [action] });
          const parsed = decider.catalogue.actions[0];
          if (parsed === undefined) throw new Error('Expected one action');
          const { policies } = decider.policies;
          const allowed = parsed.treatments.filter(
            ({ channel }) =>
              asked.context.channels.includes(channel) &&
              forbidden({ action: parsed, channel }, asked, {
                policies,
                history: asked.profile.contactHistory,
              }) === undefined,
          );
          chosen += allowed.length > 0 ? 1 : 0;
          expect(result.chosen.length > 0).toBe(allowed.length > 0);
        }),
        { numRuns: RUNS, seed: SEED },
      );
      expect(chosen).toBeGreaterThan(RUNS / 10);
    },
    TIMEOUT_MS,
  );

  it(
    'gives the same answer to the same question, logs probabilities that add up, and explores only where it may',
    async () => {
      await fc.assert(
        fc.property(decisionArbitrary, (random) => {
          const { decider, asked, result } = run(random);
          expect(decider.decide(asked)).toEqual(result);
          const total = result.candidates.reduce((sum, { probability }) => sum + probability, 0);
          expect(total).toBeCloseTo(result.chosen.length > 0 ? 1 : 0, 9);
          const [first] = result.chosen;
          if (first === undefined) return;
          expect(first.probability).toBeGreaterThan(0);
          const logged = result.candidates.find(
            ({ actionId, treatmentId }) => actionId === first.actionId && treatmentId === first.treatmentId,
          );
          expect(logged?.probability).toBe(first.probability);
          expect(logged?.status).toBe('qualified');
          expect(new Set(result.chosen.map(({ actionId }) => actionId)).size).toBe(result.chosen.length);
          expect(result.exploration.off !== undefined).toBe(asked.profile.noProfiling);
          for (const choice of result.chosen) {
            if (asked.profile.noProfiling || choice.class === 'mandatory')
              expect(choice.explored).toBe(false);
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'does not depend on the order of the catalogue',
    async () => {
      await fc.assert(
        fc.property(decisionArbitrary, (random) => {
          const forward = run(random).result.chosen.map(
            ({ actionId, treatmentId }) => `${actionId}/${treatmentId}`,
          );
          const backward = run({ ...random, actions: [...random.actions].reverse() }).result.chosen;
          expect(backward.map(({ actionId, treatmentId }) => `${actionId}/${treatmentId}`)).toEqual(forward);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    TIMEOUT_MS,
  );
});
