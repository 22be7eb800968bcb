import type { z } from 'zod';
import { describeValue, type InboundIssue, joinPath } from './issue.js';

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return Reflect.get(at, key);
  }, raw);
}

/** zod's issues in our words: the value is looked up, since zod doesn't keep it. */
export function toInboundIssues(error: z.core.$ZodError, raw: unknown): InboundIssue[] {
  return error.issues.flatMap((issue): InboundIssue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: joinPath([...issue.path, key]),
        expected: 'left out',
        got: 'an unknown key',
      }));
    }
    return [
      { path: joinPath(issue.path), expected: issue.message, got: describeValue(valueAt(raw, issue.path)) },
    ];
  });
}
