import { z } from 'zod';
import { ERROR_CODES } from '../error-catalogue.js';

/** What every error answer looks like, over REST and in `error.data` over tRPC. */
export const errorBody = z.object({
  error: z.object({
    /** Stable: programs may rely on it. */
    code: z.enum(ERROR_CODES),
    /** For people; may change. */
    message: z.string(),
    /** What is wrong with which value. */
    issues: z
      .array(z.object({ path: z.string(), expected: z.string(), got: z.string().optional() }))
      .readonly()
      .optional(),
    retryAfterSeconds: z.number().int().min(0).optional(),
    /** Names a fault in our log. */
    requestId: z.string().optional(),
  }),
});
