import { z } from 'zod';

export const health = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ready') }),
  z.object({
    status: z.literal('starting'),
    /** What the start is doing. */
    phase: z.string(),
  }),
]);
