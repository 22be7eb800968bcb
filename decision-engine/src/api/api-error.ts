import { ERRORS, type ErrorCode } from './error-catalogue.js';

/** One thing wrong with one value of a request. */
export type ErrorIssue = { readonly path: string; readonly expected: string; readonly got?: string };

export type ErrorBody = {
  readonly error: {
    readonly code: ErrorCode;
    readonly message: string;
    readonly issues?: readonly ErrorIssue[];
    readonly retryAfterSeconds?: number;
    /** Names a fault in our log. */
    readonly requestId?: string;
  };
};

/** An answer that isn't the one hoped for. Thrown by procedures and routes, turned into a response at the border. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly more: { readonly issues?: readonly ErrorIssue[]; readonly retryAfterSeconds?: number } = {},
  ) {
    super(message);
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get body(): ErrorBody {
    return { error: { code: this.code, message: this.message, ...this.more } };
  }
}
