import { z } from 'zod';

const engineMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    phase: z.string(),
    done: z.number(),
    total: z.number().nullish(),
    note: z.string().nullish(),
  }),
  z.object({ type: z.literal('secret'), email: z.string(), password: z.string(), apiKey: z.string() }),
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('fatal'), message: z.string() }),
]);

/** What the engine tells the supervisor while it starts. */
export type EngineMessage = z.infer<typeof engineMessage>;

/** Reads a message of the engine; `null` for anything else that comes through the channel. */
export function parseEngineMessage(message: unknown): EngineMessage | null {
  const parsed = engineMessage.safeParse(message);
  return parsed.success ? parsed.data : null;
}
