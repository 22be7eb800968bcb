import type { Meaning } from '../design/meaning';
import type { JourneyDetailView, JourneySummaryView, RunSummaryView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';

export function stateWords(state: JourneySummaryView['state']): string {
  switch (state) {
    case 'on':
      return 'On';
    case 'paused':
      return 'Paused';
    case 'stopped':
      return 'Stopped';
  }
}

export function stateMeaning(state: JourneySummaryView['state']): Meaning {
  switch (state) {
    case 'on':
      return 'good';
    case 'paused':
      return 'watch';
    case 'stopped':
      return 'act';
  }
}

/** `12 (8%)`; without the share where there is nothing it could be a share of. */
export function shareText(count: number, of: number): string {
  return of <= 0 ? numberWords(count) : `${numberWords(count)} (${percent(count / of)})`;
}

/** Whole percents; what is there but less than one is said to be. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '<1%';
  return `${Math.round(share * 100)}%`;
}

/** What needs somebody, in a few words; '' = nothing does. */
export function troubleOf({ counts, state }: Pick<JourneySummaryView, 'counts' | 'state'>): string {
  if (counts.failed > 0)
    return counts.failed === 1 ? '1 run failed' : `${numberWords(counts.failed)} runs failed`;
  if (state === 'on' && counts.entered > 0 && counts.enteredThisWeek === 0) return 'Nobody entered this week';
  return '';
}

type Node = JourneyDetailView['diagram']['nodes'][number];

/** Runs that came to a step and went no further for another reason than a goal. */
export function lostAt({ left, failed }: Pick<Node, 'left' | 'failed'>): number {
  return Object.entries(left).reduce((sum, [outcome, runs]) => sum + (outcome === 'goal' ? 0 : runs), failed);
}

/** From where on a loss is worth a look, and from where on it is worth doing something about. */
const WATCH = 0.1;
const ACT = 0.25;

/** How bad a loss is. With fewer than twenty it says nothing yet. */
export function lossMeaning(lost: number, of: number): Meaning {
  if (lost === 0 || of < 20) return 'neutral';
  const share = lost / of;
  return share >= ACT ? 'act' : share >= WATCH ? 'watch' : 'neutral';
}

/**
 * Whether a way means that something did not come about: a message not sent, a date not known. That an event did not
 * happen in time may be good news as well.
 */
export function isShortfall(way: string): boolean {
  return />(?:none|until\.missing)$/.test(way);
}

export function stepTypeWords(type: string): string {
  switch (type) {
    case 'entry':
      return 'Entry';
    case 'wait':
      return 'Wait';
    case 'waitFor':
      return 'Wait for event';
    case 'branch':
      return 'Branch';
    case 'score':
      return 'By score';
    case 'experiment':
      return 'Experiment';
    case 'cohort':
      return 'Random share';
    case 'decide':
      return 'Decide';
    case 'send':
      return 'Send';
    case 'setTrait':
      return 'Set trait';
    case 'webhook':
      return 'Webhook';
    case 'notifyAgent':
      return 'Ask an agent';
    case 'goal':
      return 'Goal';
    case 'end':
      return 'End';
    default:
      return type;
  }
}

export function runWords({
  status,
  outcome,
  stepId,
}: Pick<RunSummaryView, 'status' | 'outcome' | 'stepId'>): string {
  switch (status) {
    case 'active':
      return `At “${stepId}”`;
    case 'failed':
      return `Failed at “${stepId}”`;
    case 'ended':
      return outcomeWords(outcome ?? '');
  }
}

export function runMeaning({ status, outcome }: Pick<RunSummaryView, 'status' | 'outcome'>): Meaning {
  if (status === 'failed') return 'act';
  if (status === 'active') return 'neutral';
  return outcome === 'goal' || outcome === 'completed' ? 'good' : 'watch';
}

export function outcomeWords(outcome: string): string {
  switch (outcome) {
    case 'goal':
      return 'Reached the goal';
    case 'completed':
      return 'Went to the end';
    case 'exited':
      return 'Left early';
    case 'too late':
      return 'Too late';
    case 'stopped':
      return 'Stopped by hand';
    case 'customer gone':
      return 'Customer erased';
    default:
      return outcome;
  }
}

type Entry = { type?: unknown; event?: unknown; segmentId?: unknown; at?: unknown; days?: unknown };

/** What lets customers in, in a few words; from a definition as it came. */
export function entryWords(definition: unknown): string {
  const entry = entryOf(definition);
  switch (entry.type) {
    case 'event':
      return `Event “${String(entry.event)}”`;
    case 'condition':
      return 'Whoever fits the condition';
    case 'segment':
      return `Segment “${String(entry.segmentId)}”`;
    case 'schedule':
      return `Daily look at ${String(entry.at)}`;
    default:
      return 'Entry';
  }
}

function entryOf(definition: unknown): Entry {
  if (typeof definition !== 'object' || definition === null || !('entry' in definition)) return {};
  const { entry } = definition;
  return typeof entry === 'object' && entry !== null ? entry : {};
}
