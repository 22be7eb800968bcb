import { z } from 'zod';
import { MODEL_NAMES } from '../scoring/champions.js';

const model = z.enum(MODEL_NAMES);

const trainingMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), model, done: z.number() }),
  z.object({
    type: z.literal('done'),
    results: z.array(z.object({ model, problem: z.string().nullable() })),
  }),
]);

/** What the training process tells the engine. */
export type TrainingMessage = z.infer<typeof trainingMessage>;

export function parseTrainingMessage(message: unknown): TrainingMessage | null {
  const parsed = trainingMessage.safeParse(message);
  return parsed.success ? parsed.data : null;
}
