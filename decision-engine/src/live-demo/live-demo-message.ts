import { z } from 'zod';

/** What the engine hands the process that plays the shop. The key goes this way, since arguments and environments can be read. */
export const liveDemoOrder = z.object({
  apiUrl: z.url(),
  writeKey: z.string().min(1),
  seed: z.number().int(),
  customers: z.number().int().positive(),
  speed: z.number().positive(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
});
export type LiveDemoOrder = z.infer<typeof liveDemoOrder>;
