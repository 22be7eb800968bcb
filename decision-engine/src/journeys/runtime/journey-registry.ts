import type { Store } from '../../store/store.js';
import { type CompiledJourney, compileJourney } from '../definition/compile-journey.js';
import type { JourneyDocument, JourneyVersionDocument } from '../store/journey-documents.js';

export type JourneyInForce = {
  readonly journeyId: string;
  readonly version: number;
  readonly state: JourneyDocument['state'];
  readonly journey: CompiledJourney;
};

export type WebhookEndpoint = { readonly url: string; readonly secrets: readonly string[] };

/** The journeys that are published, compiled. */
export type JourneyRegistry = {
  /** Those in force, by id. */
  readonly inForce: () => readonly JourneyInForce[];
  /** A version that was published at some time; null = there is none, or this Segue can't use it any more. */
  readonly version: (journeyId: string, version: number) => CompiledJourney | null;
  /** Whether an event of this name starts, ends or moves runs of any version. */
  readonly wants: (eventName: string) => boolean;
  /** Webhook endpoints of the settings, by name. */
  readonly endpoints: ReadonlyMap<string, WebhookEndpoint>;
  /** Takes up what is published now. @returns whether anything was new */
  readonly reload: () => Promise<boolean>;
};

function keyOf(journeyId: string, version: number): string {
  return `${journeyId}@${version}`;
}

/**
 * Keeps the published journeys at hand. It is empty until `reload` is called; other processes' publications are taken up
 * by calling it again.
 */
export function createJourneyRegistry(
  store: Pick<Store, 'journeys' | 'journeyVersions'>,
  {
    endpoints = new Map(),
    onProblem = () => {},
  }: {
    readonly endpoints?: ReadonlyMap<string, WebhookEndpoint>;
    readonly onProblem?: (problem: {
      readonly journey: string;
      readonly problems: readonly string[];
    }) => void;
  } = {},
): JourneyRegistry {
  const versions = new Map<string, CompiledJourney | null>();
  let inForce: readonly JourneyInForce[] = [];
  let names: ReadonlySet<string> = new Set();
  let seen = '';
  const compile = ({ journeyId, version, definition }: JourneyVersionDocument): void => {
    const key = keyOf(journeyId, version);
    const compiled = compileJourney(definition);
    versions.set(key, compiled.ok ? compiled.journey : null);
    if (!compiled.ok) onProblem({ journey: key, problems: compiled.problems });
  };
  return {
    endpoints,
    inForce: () => inForce,
    version: (journeyId, version) => versions.get(keyOf(journeyId, version)) ?? null,
    wants: (eventName) => names.has(eventName),
    reload: async () => {
      const heads = await store.journeys
        .find({}, { refused: 0, scan: 0 })
        .sort({ _id: 1 })
        .lean<Pick<JourneyDocument, '_id' | 'version' | 'state'>[]>();
      const now = heads.map(({ _id, version, state }) => `${_id}@${version} ${state}`).join('\n');
      if (now === seen) return false;
      const unknown = await store.journeyVersions
        .find({ _id: { $nin: [...versions.keys()] } })
        .lean<JourneyVersionDocument[]>();
      unknown.forEach(compile);
      inForce = heads.flatMap(({ _id: journeyId, version, state }) => {
        const journey = versions.get(keyOf(journeyId, version)) ?? null;
        return journey === null ? [] : [{ journeyId, version, state, journey }];
      });
      names = new Set([...versions.values()].flatMap((journey) => [...(journey?.eventNames ?? [])]));
      seen = now;
      return true;
    },
  };
}
