import type { z } from 'zod';
import { ApiError, type ErrorIssue } from './api-error.js';

/** zod's findings as the API reports them. */
export function issuesOf(error: z.core.$ZodError): ErrorIssue[] {
  return error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    expected:
      issue.code === 'unrecognized_keys'
        ? `no other fields than those documented, got ${issue.keys.join(', ')}`
        : issue.message,
  }));
}

function invalidRequest(issues: readonly ErrorIssue[]): ApiError {
  const [first] = issues;
  const where = first === undefined || first.path === '' ? 'The request' : `"${first.path}"`;
  return new ApiError('invalid_request', `${where}: ${first?.expected ?? 'not as documented'}`, { issues });
}

/** @throws ApiError `invalid_request`, naming every field that isn't as it should be */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidRequest(issuesOf(parsed.error));
}
