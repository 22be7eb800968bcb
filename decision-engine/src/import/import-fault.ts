import { SourceFault } from '@segue/integrations';

/** Errors that only a mistake of ours raises: where it happened is what helps. */
const MISTAKES = [TypeError, ReferenceError, RangeError, SyntaxError];

/** What stopped an import, for people. */
export function describeImportFault(error: unknown): string {
  if (error instanceof SourceFault) return error.message;
  if (!(error instanceof Error)) return String(error);
  const mistake = MISTAKES.some((kind) => error instanceof kind);
  const text = mistake ? (error.stack ?? error.message) : error.message;
  return `${text}\nWhat is stored stays; the same command goes on from there.`;
}
