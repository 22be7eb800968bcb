import type {
  DryRunAnswer,
  JourneyCheck,
  JourneyDetailView,
  JourneySummaryView,
  PlaybookView,
  ReplayView,
  RunDetailView,
  RunSummaryView,
} from '../engine/engine-types';
import { minutesBefore, person } from './fixtures';

const SOURCE = `# Somebody left a basket. A reminder first; a voucher only where it changes something.
journeyId: abandoned-basket
name: Abandoned basket
entry: { type: event, event: Product Added, key: [context.cart_id] }
exits:
  - { name: bought, event: Order Completed, goal: true }
steps:
  - { id: pause, type: wait, for: 4h }
  - { id: remind, type: send, action: basket-reminder }
  - { id: reaction, type: waitFor, events: [Order Completed], timeout: 1d, timedOut: likely }
  - id: likely
    type: score
    score: churn
    branches:
      - { name: likely to leave, from: 0.5, to: offer }
    next: end
  - { id: offer, type: decide, groups: [offers], channels: [email, agent] }
`;

type Node = JourneyDetailView['diagram']['nodes'][number];
const node = (id: string, type: string, counts: Partial<Node>): Node => ({
  id,
  type,
  name: id,
  came: 0,
  here: 0,
  left: {},
  failed: 0,
  ...counts,
});
const edge = (way: string, to: string, more: { label?: string; runs: number }) => ({
  way,
  from: way.split('>')[0] ?? '',
  to,
  label: more.label ?? '',
  runs: more.runs,
});

const DIAGRAM: JourneyDetailView['diagram'] = {
  nodes: [
    node('pause', 'wait', { came: 1840, here: 212, left: { goal: 391, 'too late': 4 } }),
    node('remind', 'send', { came: 1233, failed: 3 }),
    node('reaction', 'waitFor', { came: 1230, here: 164, left: { goal: 203 } }),
    node('likely', 'score', { came: 863 }),
    node('offer', 'decide', { came: 247, here: 9, left: { exited: 31 } }),
    node('end', 'end', { came: 823 }),
  ],
  edges: [
    edge('pause>next', 'remind', { runs: 1233 }),
    edge('remind>next', 'reaction', { label: 'sent', runs: 861 }),
    edge('remind>none', 'reaction', { label: 'not sent', runs: 369 }),
    edge('reaction>next', 'likely', { label: 'happened', runs: 0 }),
    edge('reaction>timedOut', 'likely', { label: 'not in 1d', runs: 863 }),
    edge('likely>branches.0.to', 'offer', { label: 'likely to leave', runs: 247 }),
    edge('likely>unknown', 'end', { label: 'not known', runs: 12 }),
    edge('likely>next', 'end', { label: 'otherwise', runs: 604 }),
    edge('offer>next', 'end', { label: 'sent', runs: 171 }),
    edge('offer>none', 'end', { label: 'not sent', runs: 36 }),
  ],
};

const counts = (changes: Partial<JourneySummaryView['counts']>): JourneySummaryView['counts'] => ({
  entered: 0,
  enteredThisWeek: 0,
  active: 0,
  ended: 0,
  failed: 0,
  reachedGoal: 0,
  steps: {},
  outcomes: {},
  ...changes,
});

/** Journeys in memory, as the engine would tell of them. */
export class FakeJourneys {
  private readonly states = new Map<string, JourneySummaryView['state']>();

  constructor(private readonly clock: () => number) {}

  list(): JourneySummaryView[] {
    const at = (minutes: number) => minutesBefore(this.clock(), minutes);
    const basket = counts({
      entered: 1840,
      enteredThisWeek: 412,
      active: 385,
      ended: 1452,
      failed: 3,
      reachedGoal: 594,
      outcomes: { goal: 594, completed: 823, exited: 31, 'too late': 4 },
    });
    const winBack = counts({ entered: 312, active: 88, ended: 224, reachedGoal: 41 });
    const welcome = counts({ entered: 905, enteredThisWeek: 61, active: 140, ended: 765, reachedGoal: 288 });
    return [
      { journeyId: 'abandoned-basket', name: 'Abandoned basket', counts: basket, refused: { 'at once': 57 } },
      { journeyId: 'welcome-series', name: 'Welcome series', counts: welcome, refused: {} },
      { journeyId: 'win-back', name: 'Win back', counts: winBack, refused: {} },
    ].map((journey, index) => ({
      ...journey,
      version: 3 - index,
      state: this.states.get(journey.journeyId) ?? (index === 1 ? 'paused' : 'on'),
      updatedAt: at(90 + index * 2000),
    }));
  }

  get(journeyId: string): JourneyDetailView | null {
    const found = this.list().find((each) => each.journeyId === journeyId);
    if (found === undefined) return null;
    return {
      ...found,
      shown: found.version,
      source: SOURCE,
      definition: {
        entry: { type: 'event', event: 'Product Added', key: ['context.cart_id'] },
        steps: [
          { id: 'pause', type: 'wait', for: '4h' },
          { id: 'remind', type: 'send', action: 'basket-reminder', channel: 'email', hold: '2d' },
        ],
      },
      diagram: DIAGRAM,
      versions: [3, 2, 1].map((version) => ({
        version,
        author: 'agent:agt_1',
        createdAt: minutesBefore(this.clock(), 90 + (3 - version) * 9000),
        note: version === 3 ? 'Ask the score before offering anything' : '',
        active: version === 2 ? 14 : version === 3 ? 371 : 0,
      })),
    };
  }

  setState(journeyId: string, state: JourneySummaryView['state']) {
    this.states.set(journeyId, state);
    return { journeyId, state };
  }

  check(text: string): JourneyCheck {
    const nodes = DIAGRAM.nodes.map(({ id, type, name }) => ({ id, type, name }));
    const edges = DIAGRAM.edges.map(({ way, from, to, label }) => ({ way, from, to, label }));
    const line = text.split('\n').findIndex((each) => each.includes('nowhere'));
    if (line < 0) return { problems: [], diagram: { nodes, edges } };
    const message = 'Expected "steps[2].timedOut" to be a step or "end", got "nowhere"';
    return { problems: [{ message, line: line + 1 }], diagram: null };
  }

  runs({
    status,
    customerId,
  }: {
    status?: string | undefined;
    customerId?: string | undefined;
  }): RunSummaryView[] {
    const all = [0, 1, 2, 3, 4, 5].map((index): RunSummaryView => {
      const someone = person(index);
      const failed = index === 4;
      const over = index === 5 || index === 3;
      return {
        runId: `run_${index}`,
        journeyId: index % 2 === 0 ? 'abandoned-basket' : 'welcome-series',
        journeyName: index % 2 === 0 ? 'Abandoned basket' : 'Welcome series',
        version: 3,
        customerId: customerId ?? someone.id,
        displayName: someone.name,
        entryKey: `cart-${4180 + index}`,
        status: failed ? 'failed' : over ? 'ended' : 'active',
        stepId: index % 2 === 0 ? 'remind' : 'pause',
        outcome: failed ? 'the mail server did not answer' : over ? 'goal' : null,
        dueAt: failed || over ? null : minutesBefore(this.clock(), -120),
        startedAt: minutesBefore(this.clock(), 60 + index * 700),
        endedAt: null,
        goals: [],
      };
    });
    return all.filter((run) => status === undefined || run.status === status);
  }

  run(runId: string): RunDetailView | null {
    const run = this.runs({}).find((each) => each.runId === runId);
    if (run === undefined) return null;
    const at = minutesBefore(this.clock(), 55);
    const trail = [
      { at: run.startedAt, stepId: 'pause', note: 'waits' },
      { at, stepId: 'pause', note: 'waited' },
      { at, stepId: 'remind', note: run.outcome ?? 'asked for' },
    ];
    return { ...run, context: { cart_id: run.entryKey }, trail };
  }

  dryRun(customerId: string): DryRunAnswer {
    const at = (hours: number) => minutesBefore(this.clock(), -60 * hours);
    return {
      customerId,
      displayName: person(0).name,
      fitsEntry: true,
      outcome: 'completed',
      reason: '',
      trail: [
        { at: at(0), stepId: 'pause', note: 'waits' },
        { at: at(4), stepId: 'pause', note: 'waited' },
        { at: at(4), stepId: 'remind', note: 'Remind of the basket (email)' },
        { at: at(4), stepId: 'reaction', note: 'waits for Order Completed' },
        { at: at(28), stepId: 'reaction', note: 'did not happen in time' },
        { at: at(28), stepId: 'likely', note: 'otherwise' },
      ],
      messages: [
        {
          at: at(4),
          actionId: 'basket-reminder',
          channel: 'email',
          subject: 'Your basket is still here',
          text: 'Hello Amara,\n\nthe kettle you chose waits in your basket.',
        },
      ],
    };
  }

  replay(): ReplayView {
    return {
      replayId: 'rpl_1',
      startedAt: new Date(this.clock()).toISOString(),
      state: 'done',
      progress: { done: 140, of: 140 },
      result: {
        entries: 212,
        customers: 96,
        refused: { 'at once': 18 },
        sample: [0, 1, 2].map((index) => ({
          customerId: person(index).id,
          displayName: person(index).name,
          at: minutesBefore(this.clock(), 5000 + index * 311),
        })),
        notes: ['how long runs would have lasted is not known, so caps of runs at once are not applied'],
      },
    };
  }

  playbooks(): PlaybookView[] {
    return [
      ['abandoned-basket', 'Abandoned basket'],
      ['browse-retargeting', 'Browse retargeting'],
      ['nps-survey', 'NPS survey'],
      ['win-back', 'Win back'],
    ].map(([playbookId = '', name = '']) => ({
      playbookId,
      name,
      about: 'A reminder after a pause, and an offer only where it is likely to change something.',
      installed: playbookId === 'abandoned-basket' || playbookId === 'win-back',
      missingActions: playbookId === 'nps-survey' ? ['nps-survey'] : [],
    }));
  }
}
