import type { Engine } from '../../engine/engine.js';
import { compileJourney } from '../definition/compile-journey.js';
import type { Journey } from '../definition/journey.js';
import type { JourneyDocument, JourneyVersionDocument } from '../store/journey-documents.js';
import { diagramOf, type JourneyDiagram } from './diagram.js';

export type JourneyCounts = {
  readonly active: number;
  readonly ended: number;
  readonly failed: number;
  /** Runs under way, by the step they are at. */
  readonly steps: Readonly<Record<string, number>>;
  /** Runs that are over, by how they ended. */
  readonly outcomes: Readonly<Record<string, number>>;
};

export type JourneySummary = {
  readonly journeyId: string;
  readonly name: string;
  readonly version: number;
  readonly state: JourneyDocument['state'];
  readonly updatedAt: Date;
  readonly counts: JourneyCounts;
  /** Who was not let in, by reason. */
  readonly refused: Readonly<Record<string, number>>;
};

export type JourneyView = JourneySummary & {
  readonly definition: Journey;
  readonly diagram: JourneyDiagram;
  /** Newest first. */
  readonly versions: readonly {
    readonly version: number;
    readonly author: string;
    readonly createdAt: Date;
    readonly note: string;
  }[];
};

type Group = {
  readonly _id: {
    readonly journeyId: string;
    readonly status: string;
    readonly stepId: string;
    readonly outcome: string | null;
  };
  readonly runs: number;
};

async function countRuns(
  { store }: Pick<Engine, 'store'>,
  journeyIds: readonly string[],
): Promise<Map<string, JourneyCounts>> {
  const groups = await store.journeyRuns.aggregate<Group>([
    { $match: { journeyId: { $in: [...journeyIds] } } },
    {
      $group: {
        _id: { journeyId: '$journeyId', status: '$status', stepId: '$stepId', outcome: '$outcome' },
        runs: { $sum: 1 },
      },
    },
  ]);
  const counts = new Map<string, JourneyCounts>();
  for (const { _id: at, runs } of groups) {
    const { active, ended, failed, steps, outcomes } = counts.get(at.journeyId) ?? {
      active: 0,
      ended: 0,
      failed: 0,
      steps: {},
      outcomes: {},
    };
    const outcome = at.outcome ?? '';
    counts.set(at.journeyId, {
      active: active + (at.status === 'active' ? runs : 0),
      ended: ended + (at.status === 'ended' ? runs : 0),
      failed: failed + (at.status === 'failed' ? runs : 0),
      steps: at.status === 'active' ? { ...steps, [at.stepId]: (steps[at.stepId] ?? 0) + runs } : steps,
      outcomes:
        at.status === 'ended' ? { ...outcomes, [outcome]: (outcomes[outcome] ?? 0) + runs } : outcomes,
    });
  }
  return counts;
}

const NO_RUNS: JourneyCounts = { active: 0, ended: 0, failed: 0, steps: {}, outcomes: {} };

function summaryOf(head: JourneyDocument, counts: JourneyCounts | undefined): JourneySummary {
  const { _id, name, version, state, updatedAt, refused } = head;
  return { journeyId: _id, name, version, state, updatedAt, counts: counts ?? NO_RUNS, refused };
}

/** Every journey with where its runs are now. */
export async function listJourneys(engine: Pick<Engine, 'store'>): Promise<readonly JourneySummary[]> {
  const heads = await engine.store.journeys.find({}).sort({ _id: 1 }).lean<JourneyDocument[]>();
  const counts = await countRuns(
    engine,
    heads.map(({ _id }) => _id),
  );
  return heads.map((head) => summaryOf(head, counts.get(head._id)));
}

/** One journey whole, in the version in force or another; null = there is none. */
export async function viewJourney(
  engine: Pick<Engine, 'store'>,
  journeyId: string,
  version?: number,
): Promise<JourneyView | null> {
  const { store } = engine;
  const [head, versions, counts] = await Promise.all([
    store.journeys.findById(journeyId).lean<JourneyDocument | null>(),
    store.journeyVersions.find({ journeyId }).sort({ version: -1 }).lean<JourneyVersionDocument[]>(),
    countRuns(engine, [journeyId]),
  ]);
  const wanted = versions.find((each) => each.version === (version ?? head?.version));
  if (head === null || wanted === undefined) return null;
  const compiled = compileJourney(wanted.definition);
  if (!compiled.ok) return null;
  const { definition } = compiled.journey;
  return {
    ...summaryOf(head, counts.get(journeyId)),
    definition,
    diagram: diagramOf(definition),
    versions: versions.map(({ version: each, author, createdAt, note }) => ({
      version: each,
      author,
      createdAt,
      note,
    })),
  };
}
