import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { loadRules, noRules } from '../../catalogue-store/catalogue-revisions.js';
import type { ChannelRegistry } from '../../channels/channel-registry.js';
import { findCustomer } from '../../customers/find-customer.js';
import { createTreatmentWriter } from '../../decisions/treatment-text.js';
import { readOfferCodes } from '../../offers/offer-codes.js';
import { NO_SCORERS } from '../../scoring/scorers.js';
import type { Store } from '../../store/store.js';
import { dryRun } from '../manage/dry-run.js';
import { checkJourney, publishJourney, setJourneyState } from '../manage/publish-journey.js';
import { listJourneys } from '../manage/view-journeys.js';
import { type Installed, installPlaybook } from '../playbooks/install-playbook.js';
import { readPlaybooks } from '../playbooks/read-playbooks.js';
import { createJourneyRegistry, type WebhookEndpoint } from '../runtime/journey-registry.js';

export const JOURNEYS_HELP = `Keeps journeys in files, so that they can live in git.

  npm run journeys -- validate FILE
  npm run journeys -- publish FILE [--note TEXT] [--author NAME]
  npm run journeys -- dry-run FILE --customer USER_ID [--event JSON]
  npm run journeys -- list
  npm run journeys -- state JOURNEY on|paused|stopped
  npm run journeys -- playbooks
  npm run journeys -- install PLAYBOOK [--author NAME]

  validate         checks a definition (YAML or JSON) against the catalogue in force
  publish          makes it the version in force; a running engine takes it up within a second
  dry-run          plays it for one customer and says what would be sent when; changes nothing, and uses no models
  list             journeys with their runs
  playbooks        the journeys that come with Segue
  install          publishes one of them, and the actions it needs
  --event JSON     the properties of the event that starts it

Exit codes: 0 done, 1 refused or a fault, 2 something is wrong on the command line.
`;

const COMMANDS = ['validate', 'publish', 'dry-run', 'list', 'state', 'playbooks', 'install'] as const;
type Command = (typeof COMMANDS)[number];
const STATES = ['on', 'paused', 'stopped'] as const;

export type JourneysArguments = {
  readonly command: Command;
  readonly names: readonly string[];
  readonly note: string;
  readonly author: string | null;
  readonly customer: string;
  readonly event: string;
};

const OPTIONS = {
  note: { type: 'string', default: '' },
  author: { type: 'string' },
  customer: { type: 'string', default: '' },
  event: { type: 'string', default: '{}' },
  help: { type: 'boolean' },
} as const;

const NAMES: Readonly<Record<Command, number>> = {
  validate: 1,
  publish: 1,
  'dry-run': 1,
  list: 0,
  state: 2,
  playbooks: 0,
  install: 1,
};

function parsed(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

/** @returns the arguments, `help`, or what is wrong with the command line */
export function readJourneysArguments(
  argv: readonly string[],
): JourneysArguments | 'help' | { readonly problem: string } {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed(argv);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = given;
  if (values.help === true) return 'help';
  const [word, ...names] = positionals;
  const command = COMMANDS.find((each) => each === word);
  if (command === undefined)
    return { problem: `Expected one of ${COMMANDS.join(', ')}, got "${word ?? 'nothing'}"` };
  if (names.length !== NAMES[command])
    return { problem: `Expected ${NAMES[command]} names after "${command}", got ${names.length}` };
  if (command === 'dry-run' && values.customer === '')
    return { problem: 'Expected --customer with a user id, got nothing' };
  return {
    command,
    names,
    note: values.note,
    author: values.author ?? null,
    customer: values.customer,
    event: values.event,
  };
}

export type CommandSurroundings = {
  readonly author: string;
  readonly clock: () => Date;
  readonly endpoints: ReadonlyMap<string, WebhookEndpoint>;
  readonly channels: ChannelRegistry;
  readonly print: (line: string) => void;
  readonly say: (line: string) => void;
};

function outcome(result: Installed, { print, say }: CommandSurroundings): number {
  switch (result.kind) {
    case 'published':
      print(`${result.journeyId} is published as version ${result.version}`);
      return 0;
    case 'unchanged':
      print(`${result.journeyId} is as version ${result.version}: nothing to publish`);
      return 0;
    case 'invalid':
      for (const problem of result.problems) say(problem);
      return 1;
    case 'unknown-playbook':
      say('There is no such playbook: see npm run journeys -- playbooks');
      return 1;
    case 'outdated':
    case 'catalogue-outdated':
      say('Somebody else was quicker: look again and publish again');
      return 1;
  }
}

/** Runs one command against a store. @returns the exit code */
export async function runJourneysCommand(
  store: Store,
  args: JourneysArguments,
  surroundings: CommandSurroundings,
): Promise<number> {
  const { print, say, clock } = surroundings;
  const [name = '', state = ''] = args.names;
  const author = args.author ?? surroundings.author;
  let rules = (await loadRules(store)) ?? noRules();
  const journeys = createJourneyRegistry(store, { endpoints: surroundings.endpoints });
  await journeys.reload();
  const engine = {
    store,
    clock,
    journeys,
    rules: () => rules,
    reloadRules: async () => {
      rules = (await loadRules(store)) ?? noRules();
    },
    scorers: () => NO_SCORERS,
    write: createTreatmentWriter(await readOfferCodes(store, clock())),
    channels: surroundings.channels,
  };
  const read = async (): Promise<unknown> => parse(await readFile(name, 'utf8'), { maxAliasCount: 50 });
  switch (args.command) {
    case 'validate': {
      const checked = checkJourney(engine, await read());
      if (checked.ok) print(`${checked.journey.definition.journeyId} can be published`);
      else for (const problem of checked.problems) say(problem);
      return checked.ok ? 0 : 1;
    }
    case 'publish':
      return outcome(
        await publishJourney(engine, { definition: await read(), author, note: args.note }),
        surroundings,
      );
    case 'dry-run': {
      const checked = checkJourney(engine, await read());
      if (!checked.ok) {
        for (const problem of checked.problems) say(problem);
        return 1;
      }
      const document = await findCustomer(store, { userId: args.customer });
      if (document === null) {
        say(`There is no customer with the user id "${args.customer}"`);
        return 1;
      }
      const played = await dryRun(engine, checked.journey, { document, properties: JSON.parse(args.event) });
      print(JSON.stringify(played, null, 2));
      return 0;
    }
    case 'list': {
      for (const journey of await listJourneys(engine)) {
        const { active, ended, failed } = journey.counts;
        print(
          `${journey.journeyId}@${journey.version} (${journey.state}): ${active} under way, ${ended} over, ${failed} failed`,
        );
      }
      return 0;
    }
    case 'state': {
      const wanted = STATES.find((each) => each === state);
      const changed = wanted === undefined ? null : await setJourneyState(engine, name, wanted);
      if (changed === null)
        say(`Expected a published journey and one of ${STATES.join(', ')}, got "${name} ${state}"`);
      else print(`${changed.journeyId} is ${changed.state}`);
      return changed === null ? 1 : 0;
    }
    case 'playbooks': {
      for (const { playbookId, about } of await readPlaybooks()) print(`${playbookId}: ${about}`);
      return 0;
    }
    case 'install':
      return outcome(await installPlaybook(engine, name, author), surroundings);
  }
}
