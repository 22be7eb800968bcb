import { channelAnswers, channelName } from '../features/channels.js';
import { sumsSince } from '../features/day-ledger.js';
import type { FeatureUnit } from '../features/feature-family.js';
import type { FeatureState } from '../features/feature-state.js';
import { habitFit } from '../features/habits.js';
import { categoryShares } from '../features/interest.js';
import { acceptScore, type ResponseTally } from '../features/response-tally.js';
import { dayOf, daysSince } from '../features/time-units.js';
import type { PropensityCandidate } from './candidate.js';
import { type LocalMoment, localMoment } from './local-moment.js';
import { TASTE_PARTS, tasteProfile } from './taste-profile.js';

/** What all candidates of one decision share. */
export type DecisionMoment = {
  readonly state: FeatureState;
  readonly now: Date;
  readonly local: LocalMoment;
  readonly habit: { readonly hour: number; readonly weekday: number };
  /** Share of the interest of late per category. */
  readonly interest: ReadonlyMap<string, number>;
  /** All interest of late. */
  readonly points: number;
  /** Lasting days of interest per category, and all of them. */
  readonly lasting: ReadonlyMap<string, number>;
  readonly lastingDays: number;
  /** {@link tasteProfile} of the lasting days. */
  readonly tastes: readonly number[];
};

export function decisionMoment(state: FeatureState, now: Date, timeZone?: string): DecisionMoment {
  const { shares: interest, points, lasting } = categoryShares(state.interest, now);
  return {
    state,
    now,
    local: localMoment(now, timeZone ?? state.habits.timeZone?.name ?? 'UTC'),
    habit: habitFit(state.habits, now),
    interest,
    points,
    lasting,
    lastingDays: [...lasting.values()].reduce((sum, each) => sum + each, 0),
    tastes: tasteProfile(lasting),
  };
}

/** One candidate beside the customer's history with what it is. */
export type CandidateCrossing = {
  readonly moment: DecisionMoment;
  readonly candidate: PropensityCandidate;
  readonly action: ResponseTally | undefined;
  readonly group: ResponseTally | undefined;
  readonly channel: FeatureState['channels']['channels'][number] | undefined;
  readonly tagShare: number;
  /** Missing for an action that is about nothing in particular. */
  readonly tagLasting: number;
};

/** What a column's value follows from, besides the customer and the moment: those of `moment` alone are the same for all. */
export const CANDIDATE_PARTS = ['action', 'group', 'channel', 'tags', 'moment'] as const;
export type CandidatePart = (typeof CANDIDATE_PARTS)[number];

export type CandidateColumn = {
  readonly name: string;
  readonly part: CandidatePart;
  readonly unit: FeatureUnit;
  readonly description: string;
  readonly value: (crossing: CandidateCrossing) => number;
};

/** The categories of a candidate, one column each. */
export const CANDIDATE_CATEGORIES = ['action', 'group', 'channel', 'treatment'] as const;
export type CandidateCategory = (typeof CANDIDATE_CATEGORIES)[number];

/** What customer, action, channel and moment have to do with each other, as numbers; NaN where nothing is known. */
export const CANDIDATE_COLUMNS: readonly CandidateColumn[] = [
  column(
    'action_shown_before',
    'count',
    'Times this action was shown to the customer',
    ({ action }) => action?.shown ?? 0,
  ),
  column('action_days_since', 'days', 'Days since this action was last shown', ({ action, moment }) =>
    daysSince(action?.lastShown ?? null, moment.now.getTime()),
  ),
  column(
    'action_yes_before',
    'count',
    'Times this action was accepted',
    ({ action }) => action?.accepted ?? 0,
  ),
  column(
    'action_no_before',
    'count',
    'Times this action was rejected',
    ({ action }) => action?.rejected ?? 0,
  ),
  column('group_shown_before', 'count', 'Actions of this kind shown', ({ group }) => group?.shown ?? 0),
  column('group_yes_rate', 'share', 'Part of the actions of this kind that were accepted', ({ group }) =>
    yesRate(group),
  ),
  column('group_yes_score', 'score', 'Log odds of accepting actions of this kind', ({ group }) =>
    acceptScore(group?.accepted ?? 0, group?.shown ?? 0),
  ),
  column('group_no_before', 'count', 'Actions of this kind rejected', ({ group }) => group?.rejected ?? 0),
  column('group_days_since', 'days', 'Days since an action of this kind was shown', ({ group, moment }) =>
    daysSince(group?.lastShown ?? null, moment.now.getTime()),
  ),
  column('channel_shown_7d', 'count', 'Messages on this channel in the last 7 days', ({ channel, moment }) =>
    channel === undefined ? 0 : (sumsSince(channel.ledger, dayOf(moment.now.getTime()) - 7)[0] ?? 0),
  ),
  column(
    'channel_yes_rate',
    'share',
    'Part of the messages on this channel that were answered',
    ({ channel }) => channelRate(channel),
  ),
  column('channel_yes_score', 'score', 'Log odds of accepting on this channel', ({ channel }) => {
    const { accepted, shown } = channelAnswers(channel);
    return acceptScore(accepted, shown);
  }),
  column('channel_days_since', 'days', 'Days since a message on this channel', ({ channel, moment }) =>
    daysSince(channel?.lastShown ?? null, moment.now.getTime()),
  ),
  column(
    'tag_interest',
    'share',
    "Part of the customer's interest that goes to what the action is about",
    (c) => c.tagShare,
  ),
  column('tag_interest_lift', 'score', 'The same relative to an even interest in all categories', (c) =>
    // Four categories' worth of doubt keeps a share of nothing finite.
    Math.log2((c.tagShare * c.moment.interest.size + 0.25) / (c.candidate.tags.length + 0.25)),
  ),
  column('tag_matches', 'count', 'Categories the customer is interested in that the action is about', (c) =>
    c.candidate.tags.length === 0
      ? Number.NaN
      : c.candidate.tags.filter((tag) => c.moment.interest.has(tag.toLowerCase())).length,
  ),
  column('tag_points', 'score', 'Interest of late in what the action is about, log scale', (c) =>
    Math.log1p(c.tagShare * c.moment.points),
  ),
  column('lasting_days', 'score', 'Days of interest over the last half year or so, log scale', ({ moment }) =>
    Math.log1p(moment.lastingDays),
  ),
  column('tag_lasting_days', 'score', 'Days of interest in what the action is about, log scale', (c) =>
    Math.log1p(c.tagLasting),
  ),
  column(
    'tag_lasting_lift',
    'score',
    'Log of lasting interest in what the action is about, relative to an even interest',
    ({ tagLasting, moment, candidate }) =>
      // As if a third of a day had been seen in each of ten categories: pulled to 0 while little is known.
      Math.log(
        ((tagLasting + 0.3 * candidate.tags.length) / (moment.lastingDays + 3)) *
          (10 / candidate.tags.length),
      ),
  ),
  ...Array.from({ length: TASTE_PARTS }, (_, part) =>
    column(
      `taste_${part + 1}`,
      'score',
      `Lasting interest in categories of part ${part + 1} of ${TASTE_PARTS} (told by a hash of the name), relative to even`,
      ({ moment }) => moment.tastes[part] ?? 0,
    ),
  ),
  column('tags', 'count', 'Categories the action is about', ({ candidate }) => candidate.tags.length),
  column('hour', 'hours', 'Hour of the day at the customer', ({ moment }) => moment.local.hour),
  column(
    'weekday',
    'count',
    'Day of the week at the customer (0 Sunday)',
    ({ moment }) => moment.local.weekday,
  ),
  column(
    'hour_habit',
    'ratio',
    'How usual activity at this hour is for the customer',
    ({ moment }) => moment.habit.hour,
  ),
  column(
    'weekday_habit',
    'ratio',
    'How usual activity on this weekday is for the customer',
    ({ moment }) => moment.habit.weekday,
  ),
];

function column(
  ...[name, unit, description, value]: [string, FeatureUnit, string, CandidateColumn['value']]
): CandidateColumn {
  return { name, unit, description, value, part: partOf(name) };
}

/** Columns are named for what they are about. */
function partOf(name: string): CandidatePart {
  const about = name.split('_', 1)[0] ?? '';
  switch (about) {
    case 'action':
    case 'group':
    case 'channel':
      return about;
    case 'tag':
    case 'tags':
      return 'tags';
    default:
      return 'moment';
  }
}

/** The numbers of one candidate, in the order of {@link CANDIDATE_COLUMNS}. */
export function candidateValues(moment: DecisionMoment, candidate: PropensityCandidate): number[] {
  const crossing = crossingOf(moment, candidate);
  return CANDIDATE_COLUMNS.map(({ value }) => value(crossing));
}

export function crossingOf(moment: DecisionMoment, candidate: PropensityCandidate): CandidateCrossing {
  const { state } = moment;
  const channelKind = channelName(candidate.channel);
  return {
    moment,
    candidate,
    action: state.responses.actions.find(({ id }) => id === candidate.actionId),
    group: state.responses.groups.find(({ id }) => id === candidate.groupId),
    channel: state.channels.channels.find(({ channel }) => channel === channelKind),
    tagShare: tagShare(moment, candidate),
    tagLasting: tagLasting(moment, candidate),
  };
}

/** The category of each of {@link CANDIDATE_CATEGORIES} for one candidate. */
export function candidateCategories(candidate: PropensityCandidate): Record<CandidateCategory, string> {
  return {
    action: candidate.actionId,
    group: candidate.groupId,
    channel: candidate.channel,
    treatment: candidate.treatmentId,
  };
}

/** Missing for an action that is about nothing in particular, and for a customer whose interests are not known. */
function tagShare({ interest }: DecisionMoment, { tags }: PropensityCandidate): number {
  if (tags.length === 0 || interest.size === 0) {
    return Number.NaN;
  }
  return tags.reduce((sum, tag) => sum + (interest.get(tag.toLowerCase()) ?? 0), 0);
}

function tagLasting({ lasting }: DecisionMoment, { tags }: PropensityCandidate): number {
  return tags.length === 0
    ? Number.NaN
    : tags.reduce((sum, tag) => sum + (lasting.get(tag.toLowerCase()) ?? 0), 0);
}

function yesRate(tally: ResponseTally | undefined): number {
  return tally === undefined || tally.shown === 0 ? Number.NaN : Math.min(1, tally.accepted / tally.shown);
}

function channelRate(channel: CandidateCrossing['channel']): number {
  const { shown, answered } = channelAnswers(channel);
  return shown === 0 ? Number.NaN : Math.min(1, answered / shown);
}
