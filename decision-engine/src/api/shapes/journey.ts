import { z } from 'zod';
import { customerReference } from './identity.js';
import { storableJson } from './json-value.js';

const journeyId = z.string().min(1).max(60);
const version = z.number().int().min(1).max(1_000_000);
const count = z.number().int();
const counts = z.record(z.string(), count);

/** A journey as a text in YAML or JSON, or as data. It is checked by what publishes or plays it. */
const definition = z
  .union([z.string().min(1).max(200_000), storableJson.pipe(z.record(z.string(), z.unknown()))])
  .meta({
    anyOf: [
      { type: 'string', minLength: 1, maxLength: 200_000 },
      { $ref: '#/components/schemas/JsonObject' },
    ],
  });

const journeyState = z.enum(['on', 'paused', 'stopped']);

const journeyCounts = z.object({
  /** All runs there ever were. */
  entered: count,
  enteredThisWeek: count,
  active: count,
  ended: count,
  /** Dead letters. */
  failed: count,
  /** Runs that reached a goal, under way or over. */
  reachedGoal: count,
  /** Runs under way, by the step they are at. */
  steps: counts,
  /** Runs that are over, by how they ended. */
  outcomes: counts,
});

const journeySummary = z.object({
  journeyId: z.string(),
  name: z.string(),
  /** The version in force. */
  version: z.number().int(),
  state: journeyState,
  updatedAt: z.iso.datetime(),
  counts: journeyCounts,
  /** Who was not let in, by reason. */
  refused: counts,
});
export type JourneySummaryView = z.infer<typeof journeySummary>;
export const journeyList = z.object({ items: z.array(journeySummary) });

const step = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  /** Runs that came here; one that came by two ways counts for each. */
  came: count,
  /** Under way, and at this step now. */
  here: count,
  /** Came to their end here before the last step, by outcome. */
  left: counts,
  failed: count,
});
const way = z.object({
  way: z.string(),
  from: z.string(),
  to: z.string(),
  /** What leads there; empty = plainly next. */
  label: z.string(),
  /** Runs that took it at least once. */
  runs: count,
});
const diagram = z.object({ nodes: z.array(step), edges: z.array(way) });

export const journeyQuery = z.strictObject({
  journeyId,
  /** The one in force when absent. */
  version: version.optional(),
});
export type JourneyQuery = z.infer<typeof journeyQuery>;

export const journeyView = journeySummary.extend({
  definition: z.unknown(),
  /** The text it was written as, or its definition as YAML. */
  source: z.string(),
  /** The version that is shown. The diagram counts its runs; `counts` those of all versions. */
  shown: z.number().int(),
  diagram,
  versions: z.array(
    z.object({
      version: z.number().int(),
      author: z.string(),
      createdAt: z.iso.datetime(),
      note: z.string(),
      /** Runs under way on it. */
      active: count,
    }),
  ),
});
export type JourneyDetailView = z.infer<typeof journeyView>;

export const checkJourneyRequest = z.strictObject({ definition });
export type CheckJourneyRequest = z.infer<typeof checkJourneyRequest>;
export const journeyCheck = z.object({
  /** Empty: it can be published. */
  problems: z.array(
    z.object({
      message: z.string(),
      /** Line of the text, from 1; null where it came as data. */
      line: z.number().int().nullable(),
    }),
  ),
  /** Null while there are problems. */
  diagram: z
    .object({
      nodes: z.array(z.object({ id: z.string(), type: z.string(), name: z.string() })),
      edges: z.array(z.object({ way: z.string(), from: z.string(), to: z.string(), label: z.string() })),
    })
    .nullable(),
});

export const publishJourneyRequest = z.strictObject({
  definition,
  note: z.string().max(500).optional(),
  /** The version it was made from, 0 for a new journey; where a later one is in force it is refused. */
  basedOn: z.number().int().min(0).max(1_000_000).optional(),
});
export type PublishJourneyRequest = z.infer<typeof publishJourneyRequest>;
export const publishedJourney = z.object({
  journeyId: z.string(),
  version: z.number().int(),
  /** False when it was in force already. */
  isNew: z.boolean(),
});
export type PublishedJourney = z.infer<typeof publishedJourney>;

/** `paused`: nobody enters, runs go on. `stopped`: runs stand still too. */
export const journeyStateRequest = z.strictObject({ journeyId, state: journeyState });
export type JourneyStateRequest = z.infer<typeof journeyStateRequest>;
export const journeyStateAnswer = z.object({ journeyId: z.string(), state: journeyState });

const fact = z.union([z.string().max(1024), z.number(), z.boolean(), z.null()]);
const properties = z.record(z.string().min(1).max(64), fact).default({});

/** A published journey, or one that isn't published yet. */
const which = {
  journeyId: journeyId.optional(),
  definition: definition.optional(),
};
const oneOf = { anyOf: [{ required: ['journeyId'] }, { required: ['definition'] }] };
const named = (request: { journeyId?: string | undefined; definition?: unknown }): boolean =>
  (request.journeyId === undefined) !== (request.definition === undefined);
const NAMED = { path: ['journeyId'], message: 'there, or "definition", and not both' };

export const dryRunRequest = z
  .strictObject({
    ...which,
    customer: customerReference,
    /** Of the event that starts it. */
    properties,
    /** What the customer does on the way. */
    events: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          /** From the start. */
          afterMinutes: z.number().min(0).max(600_000),
          properties,
        }),
      )
      .max(50)
      .default([]),
  })
  .meta(oneOf)
  .refine(named, NAMED);
export type DryRunRequest = z.infer<typeof dryRunRequest>;

const trail = z.array(z.object({ at: z.iso.datetime(), stepId: z.string(), note: z.string() }));
export const dryRunAnswer = z.object({
  customerId: z.string(),
  displayName: z.string(),
  /** Whether the entry condition holds now; the rest is played either way. */
  fitsEntry: z.boolean(),
  trail,
  messages: z.array(
    z.object({
      at: z.iso.datetime(),
      actionId: z.string(),
      channel: z.string(),
      subject: z.string(),
      text: z.string(),
    }),
  ),
  /** Null where it was cut off after 500 steps. */
  outcome: z.string().nullable(),
  reason: z.string(),
});
export type DryRunAnswer = z.infer<typeof dryRunAnswer>;

export const replayRequest = z
  .strictObject({ ...which, from: z.iso.datetime(), to: z.iso.datetime() })
  .meta(oneOf)
  .refine(named, NAMED)
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'after "from"' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 366 * 86_400_000, {
    path: ['to'],
    message: 'at most 366 days after "from"',
  });
export type ReplayRequest = z.infer<typeof replayRequest>;
export const replayQuery = z.strictObject({ replayId: z.string().min(1).max(64) });
export type ReplayQuery = z.infer<typeof replayQuery>;
export const replayView = z.object({
  replayId: z.string(),
  startedAt: z.iso.datetime(),
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Customers looked at so far. */
  progress: z.object({ done: count, of: count }),
  /** Null until it is done. */
  result: z
    .object({
      entries: count,
      customers: count,
      /** Who fitted and was not let in, by reason. */
      refused: counts,
      /** The first hundred entries. */
      sample: z.array(z.object({ customerId: z.string(), displayName: z.string(), at: z.iso.datetime() })),
      /** What the past can't tell. */
      notes: z.array(z.string()),
    })
    .nullable(),
});
export type ReplayView = z.infer<typeof replayView>;

const run = z.object({
  runId: z.string(),
  journeyId: z.string(),
  journeyName: z.string(),
  version: z.number().int(),
  customerId: z.string(),
  displayName: z.string(),
  /** The order, the basket …; '' where the journey has no key. */
  entryKey: z.string(),
  status: z.enum(['active', 'ended', 'failed']),
  stepId: z.string(),
  /** How it ended, of dead letters why it failed; null while it is under way. */
  outcome: z.string().nullable(),
  /** When it goes on by itself; null where it doesn't. */
  dueAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  goals: z.array(z.object({ goal: z.string(), at: z.iso.datetime(), value: z.number().nullable() })),
});
export type RunSummaryView = z.infer<typeof run>;

export const runsQuery = z.strictObject({
  journeyId: journeyId.optional(),
  customerId: z.string().min(1).max(64).optional(),
  /** `failed` are the dead letters. */
  status: z.enum(['active', 'ended', 'failed']).optional(),
  /** The step they are at, or were at when they ended. */
  stepId: z.string().min(1).max(60).optional(),
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type RunsQuery = z.infer<typeof runsQuery>;
export const customerRunsQuery = runsQuery
  .omit({ journeyId: true })
  .extend({ customerId: z.string().min(1).max(64) });
export const runsPage = z.object({ items: z.array(run), nextCursor: z.string().nullable() });
export type RunsPage = z.infer<typeof runsPage>;

export const runQuery = z.strictObject({ runId: z.string().min(1).max(64) });
export type RunQueryRequest = z.infer<typeof runQuery>;
export const runView = run.extend({
  /** What it knows of the event that started it, and of what happened since. */
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** The latest sixty steps, oldest first. */
  trail,
});
export type RunDetailView = z.infer<typeof runView>;

export const retryFailedRequest = z.strictObject({ journeyId });
export const retriedAnswer = z.object({ retried: count });

const playbook = z.object({
  playbookId: z.string(),
  name: z.string(),
  about: z.string(),
  /** Whether a journey of this id is published. */
  installed: z.boolean(),
  /** Actions it needs and the catalogue in force lacks: installing adds them. */
  missingActions: z.array(z.string()),
});
export const playbookList = z.object({ items: z.array(playbook) });
export const playbookQuery = z.strictObject({ playbookId: z.string().min(1).max(60) });
export type PlaybookQuery = z.infer<typeof playbookQuery>;
