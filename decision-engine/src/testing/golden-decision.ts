import { describe, expect, it } from 'vitest';
import type { ActionInput } from '../catalogue/action.js';
import type { PoliciesInput } from '../policy/policies.js';
import { deciderOf, type InputChanges, inputOf } from './decision-fixtures.js';

/** One decision whose answer a person worked out and gave a reason for. */
export type GoldenDecision = {
  readonly name: string;
  /** Why a person expects this answer. */
  readonly because: string;
  readonly actions: readonly ActionInput[];
  readonly policies?: PoliciesInput;
  readonly input?: InputChanges;
  /** Chosen, by slot, as "action" or "action/treatment". Nothing chosen = none. */
  readonly chosen: readonly string[];
  /** True where what was chosen is a fallback. */
  readonly fallback?: boolean;
  /** Exactly the rules that stopped an action, "stage: rule", by action or "action/treatment". */
  readonly stopped?: Readonly<Record<string, readonly string[]>>;
  /** Held actions with the moment they come free; null = not known. */
  readonly held?: Readonly<Record<string, string | null>>;
};

/** Runs each case as a test that is named for its reason. */
export function goldenDecisions(subject: string, decisions: readonly GoldenDecision[]): void {
  describe(`golden decisions: ${subject}`, () => {
    it.each(decisions.map((golden) => [golden.name, golden.because, golden] as const))(
      '%s: %s',
      (_name, _because, golden) => {
        const result = deciderOf(golden.actions, golden.policies).decide(inputOf(golden.input));
        const named = (actionId: string, treatmentId: string): string => {
          const full = `${actionId}/${treatmentId}`;
          const wanted = [
            ...golden.chosen,
            ...Object.keys(golden.stopped ?? {}),
            ...Object.keys(golden.held ?? {}),
          ];
          return wanted.includes(full) ? full : actionId;
        };
        expect(result.chosen.map((choice) => named(choice.actionId, choice.treatmentId))).toEqual(
          golden.chosen,
        );
        expect(result.outcome.kind).toBe(
          golden.chosen.length === 0 ? 'none' : golden.fallback === true ? 'fallback' : 'chosen',
        );
        const stopped = Object.fromEntries(
          result.candidates.map((candidate) => [
            named(candidate.actionId, candidate.treatmentId),
            candidate.rules.filter((rule) => !rule.passed).map((rule) => `${rule.stage}: ${rule.rule}`),
          ]),
        );
        expect(stopped).toMatchObject(golden.stopped ?? {});
        const held = Object.fromEntries(
          result.held.map((each) => [
            named(each.actionId, each.treatmentId),
            each.until?.toISOString() ?? null,
          ]),
        );
        expect(held).toEqual(golden.held ?? {});
      },
    );
  });
}
