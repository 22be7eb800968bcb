import { z } from 'zod';
import { decideRequest } from './decision.js';

export const simulateRequest = decideRequest.omit({ customer: true }).extend({
  /** The draft to hold against the catalogue in force. */
  draftId: z.string().min(1).max(64),
  /** Only customers in this segment; everybody when absent. */
  segment: z.string().min(1).max(80).optional(),
});
export type SimulateRequest = z.infer<typeof simulateRequest>;

export const simulationQuery = z.strictObject({ simulationId: z.string().min(1).max(64) });
export type SimulationQuery = z.infer<typeof simulationQuery>;

const counts = z.record(z.string(), z.object({ decisions: z.number().int(), value: z.number() }));
const report = z.object({
  customers: z.number().int(),
  /** Customers for whom something was chosen. */
  reached: z.number().int(),
  fallbacks: z.number().int(),
  /** Propensity x value of everything chosen, in the shop's currency. */
  expectedValue: z.number(),
  byAction: counts,
  byChannel: counts,
  byGroup: counts,
  /** A customer counts in each of their segments; those in none under "(none)". */
  bySegment: counts,
  /** Candidates by the first rule that stopped them. */
  droppedBy: z.record(z.string(), z.number().int()),
  heldBy: z.record(z.string(), z.number().int()),
});

const change = z.object({ name: z.string(), inForce: z.number(), draft: z.number(), change: z.number() });
const changes = z.array(change).readonly();

export const simulationView = z.object({
  simulationId: z.string(),
  startedAt: z.iso.datetime(),
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Customers asked so far. */
  progress: z.object({ done: z.number().int(), of: z.number().int() }),
  /** Null until it is done. */
  result: z
    .object({
      inForce: report,
      draft: report,
      /** Only what changes, the largest change first. */
      comparison: z.object({
        customers: z.number().int(),
        reached: change,
        expectedValue: change,
        actions: changes,
        channels: changes,
        groups: changes,
        segments: changes,
        droppedBy: changes,
      }),
      /** Customers left out because their stored state is of another version. */
      unreadable: z.number().int(),
    })
    .nullable(),
});
export type SimulationView = z.input<typeof simulationView>;
