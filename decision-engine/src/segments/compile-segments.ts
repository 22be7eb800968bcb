import {
  type CompiledCondition,
  type CompileProblem,
  compileCondition,
} from '../conditions/compile-condition.js';
import type { Condition } from '../conditions/condition.js';
import type { Facts } from '../conditions/facts.js';
import { problemTexts } from '../conditions/problem-text.js';
import type { ProfileSchema } from '../conditions/profile-schema.js';
import type { DecisionProfile } from '../decide/decision-profile.js';
import { localTime } from '../policy/local-time.js';
import type { Segment } from './segment.js';

/** Segments, compiled once and used for any number of customers. */
export type CompiledSegments = {
  /** Ids of the segments a customer is in at `now`, in the order of the catalogue. */
  readonly segmentsOf: (profile: DecisionProfile, now: Date) => readonly string[];
  /** Why a customer is in a segment, or why not; null = there is no such segment. */
  readonly explain: (
    segmentId: string,
    profile: DecisionProfile,
    now: Date,
  ) => { readonly member: boolean; readonly why: string } | null;
};

export type CompilingSegments =
  | { readonly ok: true; readonly compiled: CompiledSegments }
  | { readonly ok: false; readonly problems: readonly string[] };

function factsOf(profile: DecisionProfile, now: Date): Facts {
  return {
    profile,
    context: { channels: [], slots: 1 },
    channel: null,
    now: now.getTime(),
    contacts: profile.contactHistory,
    profilingHidden: false,
    localTime: () => localTime(now.getTime(), profile.timeZone),
  };
}

/** What a condition reads of what it can't know: segments of segments would go round in circles, a context is not there. */
function forbidden(condition: Condition, path: readonly (string | number)[]): CompileProblem[] {
  if ('all' in condition) return condition.all.flatMap((part, at) => forbidden(part, [...path, 'all', at]));
  if ('any' in condition) return condition.any.flatMap((part, at) => forbidden(part, [...path, 'any', at]));
  if ('not' in condition) return forbidden(condition.not, [...path, 'not']);
  if (!('field' in condition)) return [];
  const { field } = condition;
  if (field !== 'segments' && !field.startsWith('context.')) return [];
  const expected = 'a field of the customer (segments know neither other segments nor the context)';
  return [{ path: [...path, 'field'], expected, got: field }];
}

/** Checks each segment's condition against the profile schema and compiles it. */
export function compileSegments(segments: readonly Segment[], schema: ProfileSchema): CompilingSegments {
  const problems: CompileProblem[] = [];
  const compiled = segments.map(({ segmentId, when }, index): [string, CompiledCondition] => {
    const path = ['segments', index, 'when'];
    problems.push(...forbidden(when, path));
    return [segmentId, compileCondition(when, { schema, problems, path })];
  });
  if (problems.length > 0) return { ok: false, problems: problemTexts(problems) };
  const byId = new Map(compiled);
  return {
    ok: true,
    compiled: {
      segmentsOf: (profile, now) => {
        const facts = factsOf(profile, now);
        return compiled.flatMap(([segmentId, condition]) =>
          condition.test(facts) === 'true' ? [segmentId] : [],
        );
      },
      explain: (segmentId, profile, now) => {
        const condition = byId.get(segmentId);
        if (condition === undefined) return null;
        const facts = factsOf(profile, now);
        return { member: condition.test(facts) === 'true', why: condition.explain(facts) };
      },
    },
  };
}
