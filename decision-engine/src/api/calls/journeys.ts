import { stringify } from 'yaml';
import type { z } from 'zod';
import { authorNames } from '../../catalogue-store/author-names.js';
import { type ReadDefinition, readDefinition } from '../../journeys/definition/read-definition.js';
import { diagramOf } from '../../journeys/manage/diagram.js';
import { checkJourney, publishJourney, setJourneyState } from '../../journeys/manage/publish-journey.js';
import { type JourneySummary, listJourneys, viewJourney } from '../../journeys/manage/view-journeys.js';
import { type Installed, installPlaybook } from '../../journeys/playbooks/install-playbook.js';
import { readPlaybooks } from '../../journeys/playbooks/read-playbooks.js';
import { ApiError } from '../api-error.js';
import type { Call } from '../call.js';
import { callerName } from '../caller.js';
import type {
  CheckJourneyRequest,
  JourneyDetailView,
  JourneyQuery,
  JourneyStateRequest,
  JourneySummaryView,
  journeyCheck,
  journeyStateAnswer,
  PlaybookQuery,
  PublishedJourney,
  PublishJourneyRequest,
  playbookList,
} from '../shapes/journey.js';

export const unknownJourney = (journeyId: string) =>
  new ApiError('unknown_journey', `There is no journey "${journeyId}"`);

/** What is wrong with a definition, as an answer. */
export function journeyInvalid(
  problems: ReturnType<Extract<ReadDefinition, { ok: true }>['locate']>,
): ApiError {
  const placed = problems.map(({ message, line }) => (line === null ? message : `Line ${line}: ${message}`));
  return new ApiError('journey_invalid', `This journey can't be used: ${placed[0] ?? ''}`, {
    issues: placed.map((expected) => ({ path: 'definition', expected })),
  });
}

function summaryOf({ updatedAt, ...summary }: JourneySummary): JourneySummaryView {
  const { counts, refused } = summary;
  return {
    ...summary,
    counts: { ...counts, steps: { ...counts.steps }, outcomes: { ...counts.outcomes } },
    refused: { ...refused },
    updatedAt: updatedAt.toISOString(),
  };
}

export async function getJourneys({ engine }: Call): Promise<{ items: JourneySummaryView[] }> {
  return { items: (await listJourneys(engine)).map(summaryOf) };
}

/** @throws ApiError `unknown_journey` */
export async function getJourney(
  { engine }: Call,
  { journeyId, version }: JourneyQuery,
): Promise<JourneyDetailView> {
  const view = await viewJourney(engine, journeyId, version);
  if (view === null) throw unknownJourney(version === undefined ? journeyId : `${journeyId}@${version}`);
  const { definition, source, shown, diagram, versions, ...summary } = view;
  const names = await authorNames(engine.store, versions);
  return {
    ...summaryOf(summary),
    definition,
    source: source ?? stringify(definition, { lineWidth: 100 }),
    shown,
    diagram: {
      nodes: diagram.nodes.map((node) => ({ ...node, left: { ...node.left } })),
      edges: [...diagram.edges],
    },
    versions: versions.map(({ createdAt, author, ...each }) => ({
      ...each,
      author: names(author),
      createdAt: createdAt.toISOString(),
    })),
  };
}

/** Says whether a definition could be published, and what is wrong with it, line by line. Nothing is kept. */
export async function inspectJourney(
  { engine }: Call,
  request: CheckJourneyRequest,
): Promise<z.input<typeof journeyCheck>> {
  const read = readDefinition(request.definition);
  if (!read.ok) return { problems: [...read.problems], diagram: null };
  const checked = checkJourney(engine, read.definition);
  if (!checked.ok) return { problems: [...read.locate(checked.problems)], diagram: null };
  const { nodes, edges } = diagramOf(checked.journey.definition);
  return { problems: [], diagram: { nodes: [...nodes], edges: [...edges] } };
}

function published(
  result: Installed,
  {
    locate,
    playbookId,
  }: {
    readonly locate: (problems: readonly string[]) => Parameters<typeof journeyInvalid>[0];
    readonly playbookId?: string;
  },
): PublishedJourney {
  switch (result.kind) {
    case 'published':
    case 'unchanged':
      return { journeyId: result.journeyId, version: result.version, isNew: result.kind === 'published' };
    case 'invalid':
      throw journeyInvalid(locate(result.problems));
    case 'outdated':
      throw new ApiError(
        'journey_outdated',
        `Somebody else has published version ${result.latest} meanwhile: look at it, then publish with "basedOn": ${result.latest}`,
      );
    case 'unknown-playbook':
      throw new ApiError('unknown_playbook', `There is no playbook "${playbookId ?? ''}"`);
    case 'catalogue-outdated':
      throw new ApiError(
        'catalogue_outdated',
        `The catalogue has moved on to revision ${result.latest}: install it again`,
      );
  }
}

/** @throws ApiError `journey_invalid`, `journey_outdated` */
export async function publishDefinition(
  { engine, caller, changed }: Call,
  { definition, note, basedOn }: PublishJourneyRequest,
): Promise<PublishedJourney> {
  const read = readDefinition(definition);
  if (!read.ok) throw journeyInvalid(read.problems);
  const result = await publishJourney(engine, {
    definition: read.definition,
    source: read.source,
    author: callerName(caller),
    note,
    basedOn,
  });
  changed([]);
  return published(result, { locate: read.locate });
}

/** @throws ApiError `unknown_journey` */
export async function changeJourneyState(
  { engine, changed }: Call,
  { journeyId, state }: JourneyStateRequest,
): Promise<z.input<typeof journeyStateAnswer>> {
  const set = await setJourneyState(engine, journeyId, state);
  if (set === null) throw unknownJourney(journeyId);
  changed([]);
  return { journeyId, state };
}

/** The journeys that come with Segue. */
export async function getPlaybooks({ engine }: Call): Promise<z.input<typeof playbookList>> {
  const known = new Set<string>(engine.rules().catalogue.actions.map(({ actionId }) => actionId));
  const heads = await engine.store.journeys.find({}, { _id: 1 }).lean<{ readonly _id: string }[]>();
  const installed = new Set(heads.map(({ _id }) => _id));
  const playbooks = await readPlaybooks();
  return {
    items: playbooks.map(({ playbookId, name, about, actions }) => ({
      playbookId,
      name,
      about,
      installed: installed.has(playbookId),
      missingActions: actions.map(({ actionId }) => actionId).filter((actionId) => !known.has(actionId)),
    })),
  };
}

/** @throws ApiError `unknown_playbook`, `catalogue_outdated`, `journey_invalid`, `journey_outdated` */
export async function publishPlaybook(
  { engine, caller, changed }: Call,
  { playbookId }: PlaybookQuery,
): Promise<PublishedJourney> {
  const result = await installPlaybook(engine, playbookId, callerName(caller));
  changed([]);
  const locate = (problems: readonly string[]) => problems.map((message) => ({ message, line: null }));
  return published(result, { locate, playbookId });
}
