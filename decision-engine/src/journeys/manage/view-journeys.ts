import type { Engine } from '../../engine/engine.js';
import { compileJourney } from '../definition/compile-journey.js';
import type { Journey } from '../definition/journey.js';
import type { JourneyDocument, JourneyVersionDocument } from '../store/journey-documents.js';
import { countWays, groupRuns, type RunGroup, sumBy } from './count-runs.js';
import { type CountedDiagram, countDiagram } from './diagram.js';
import { overviewCounts } from './overview-counts.js';

export type JourneyCounts = {
  /** All runs there ever were. */
  readonly entered: number;
  /** Of these, those that began in the last seven days. */
  readonly enteredThisWeek: number;
  readonly active: number;
  readonly ended: number;
  readonly failed: number;
  /** Runs that reached a goal, under way or over. */
  readonly reachedGoal: number;
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

export type JourneyVersion = Pick<JourneyVersionDocument, 'version' | 'author' | 'createdAt' | 'note'>;

export type JourneyView = JourneySummary & {
  readonly definition: Journey;
  /** The text it was written as; null where it came as data. */
  readonly source: string | null;
  /** The version that is shown; its runs are counted in the diagram, those of all versions in `counts`. */
  readonly shown: number;
  readonly diagram: CountedDiagram;
  /** Newest first. */
  readonly versions: readonly (JourneyVersion & { readonly active: number })[];
};

function countsOf(groups: readonly RunGroup[]): JourneyCounts {
  const of = (wanted: RunGroup['status']) => groups.filter(({ status }) => status === wanted);
  const sum = (some: readonly RunGroup[], field: 'runs' | 'reachedGoal' | 'thisWeek') =>
    some.reduce((total, group) => total + group[field], 0);
  return {
    entered: sum(groups, 'runs'),
    enteredThisWeek: sum(groups, 'thisWeek'),
    active: sum(of('active'), 'runs'),
    ended: sum(of('ended'), 'runs'),
    failed: sum(of('failed'), 'runs'),
    reachedGoal: sum(groups, 'reachedGoal'),
    steps: sumBy(of('active'), ({ stepId }) => stepId),
    outcomes: sumBy(of('ended'), ({ outcome }) => outcome ?? ''),
  };
}

function summaryOf(head: JourneyDocument, groups: readonly RunGroup[]): JourneySummary {
  const { _id, name, version, state, updatedAt, refused } = head;
  return { journeyId: _id, name, version, state, updatedAt, counts: countsOf(groups), refused };
}

/** Every journey with where its runs are now. */
export async function listJourneys(
  engine: Pick<Engine, 'store' | 'clock'>,
): Promise<readonly JourneySummary[]> {
  const heads = await engine.store.journeys.find({}).sort({ _id: 1 }).lean<JourneyDocument[]>();
  const groups = await overviewCounts(
    engine,
    heads.map(({ _id }) => _id),
  );
  return heads.map((head) =>
    summaryOf(
      head,
      groups.filter(({ journeyId }) => journeyId === head._id),
    ),
  );
}

/** One journey whole, in the version in force or another; null = there is none. */
export async function viewJourney(
  engine: Pick<Engine, 'store' | 'clock'>,
  journeyId: string,
  version?: number,
): Promise<JourneyView | null> {
  const { store } = engine;
  const [head, versions] = await Promise.all([
    store.journeys.findById(journeyId).lean<JourneyDocument | null>(),
    store.journeyVersions.find({ journeyId }).sort({ version: -1 }).lean<JourneyVersionDocument[]>(),
  ]);
  const wanted = versions.find((each) => each.version === (version ?? head?.version));
  if (head === null || wanted === undefined) return null;
  const compiled = compileJourney(wanted.definition);
  if (!compiled.ok) return null;
  const shown = wanted.version;
  const [groups, ways] = await Promise.all([
    groupRuns(engine, { journeyIds: [journeyId] }),
    countWays(engine, journeyId, shown),
  ]);
  const ofVersion = (each: number) => groups.filter((group) => group.version === each);
  const { definition } = compiled.journey;
  return {
    ...summaryOf(head, groups),
    definition,
    source: wanted.source ?? null,
    shown,
    diagram: countDiagram(definition, { groups: ofVersion(shown), ways }),
    versions: versions.map(({ version: each, author, createdAt, note }) => ({
      version: each,
      author,
      createdAt,
      note,
      active: countsOf(ofVersion(each)).active,
    })),
  };
}
