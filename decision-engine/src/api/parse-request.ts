import type { z } from 'zod';
import { expectation, shortExpectation, valueAt } from '../catalogue/describe-issues.js';
import { ApiError, type ErrorBody, type ErrorIssue } from './api-error.js';

/** What came instead, by kind: a text may be a name or a password, and is not sent back. */
function gotText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}

const issueOf = (issue: z.core.$ZodIssue, got: string | undefined): ErrorIssue => ({
  path: issue.path.map(String).join('.'),
  expected:
    issue.code === 'unrecognized_keys'
      ? `no other fields than those documented, got ${issue.keys.join(', ')}`
      : shortExpectation(issue),
  ...(got === undefined || issue.code === 'unrecognized_keys' ? {} : { got }),
});

function sentence(issue: z.core.$ZodIssue, { path, expected, got }: ErrorIssue): string {
  const where = path === '' ? 'the request' : `"${path}"`;
  const wanted = issue.code === 'unrecognized_keys' ? `to have ${expected}` : expectation(issue);
  return `Expected ${where} ${wanted}${got === undefined ? '' : `, got ${got}`}`;
}

/**
 * zod's findings as the API reports them.
 * @param request what was parsed, where it is still at hand
 */
export function invalidRequest(
  error: z.core.$ZodError,
  request?: { readonly body: unknown },
): Required<Pick<ErrorBody['error'], 'message' | 'issues'>> {
  const found = error.issues.map((issue) => {
    const got = request === undefined ? undefined : gotText(valueAt(request.body, issue.path));
    return { issue, told: issueOf(issue, got) };
  });
  const [first] = found;
  return {
    message: first === undefined ? 'The request is not as documented' : sentence(first.issue, first.told),
    issues: found.map(({ told }) => told),
  };
}

/** @throws ApiError `invalid_request`, naming every field that isn't as it should be */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { message, issues } = invalidRequest(parsed.error, { body });
  throw new ApiError('invalid_request', message, { issues });
}
