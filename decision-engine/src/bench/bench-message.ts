import { z } from 'zod';

/** What the server under test tells the process that measures it. */
export const benchServerReady = z.object({
  url: z.url(),
  key: z.string(),
  customerIds: z.array(z.string()).min(1),
});
export type BenchServerReady = z.infer<typeof benchServerReady>;
