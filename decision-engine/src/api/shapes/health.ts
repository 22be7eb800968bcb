import { z } from 'zod';

export const health = z.object({
  status: z.enum(['ready', 'starting']),
  /** What the start is doing, or did last. */
  phase: z.string(),
});
