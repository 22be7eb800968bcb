import { TASTE_PARTS } from '../propensity/taste-profile.js';
import { ago, count, percent, type Theme } from './facts.js';

/** Words for what customer, action, channel and moment have to do with each other. */
export const CANDIDATE_THEMES: readonly Theme[] = [
  {
    lead: 'action_shown_before',
    features: ['action_shown_before', 'action_days_since', 'group_shown_before', 'group_days_since'],
    say: ({ value }) => {
      const shown = value('action_shown_before') ?? 0;
      const days = value('action_days_since');
      return shown === 0 || days === null
        ? 'Has not seen this yet'
        : `Has seen this ${count(shown, 'time')}, last ${ago(days)}`;
    },
  },
  {
    lead: 'group_yes_rate',
    features: [
      'action_yes_before',
      'action_no_before',
      'group_yes_rate',
      'group_yes_score',
      'group_no_before',
    ],
    say: ({ value }) => {
      if ((value('action_yes_before') ?? 0) > 0) {
        return 'Said yes to this before';
      }
      if ((value('action_no_before') ?? 0) > 0) {
        return 'Said no to this before';
      }
      const rate = value('group_yes_rate');
      return rate === null ? undefined : `Took up ${percent(rate)} of offers of this kind`;
    },
  },
  {
    lead: 'tag_interest',
    features: [
      'tag_interest',
      'tag_interest_lift',
      'tag_matches',
      'tag_points',
      'tag_lasting_lift',
      'tag_lasting_days',
      'tags',
    ],
    say: ({ value, tags }) => {
      const share = value('tag_interest');
      if (share === null || tags.length === 0) {
        return undefined;
      }
      const names = tags.join(' and ');
      return share === 0
        ? `Shows no interest in ${names} lately`
        : `${percent(share)} of their interest lately goes to ${names}`;
    },
  },
  {
    lead: 'taste_1',
    features: Array.from({ length: TASTE_PARTS }, (_, part) => `taste_${part + 1}`),
    say: ({ raises }) =>
      raises
        ? 'Customers of like tastes often say yes to this'
        : 'Customers of like tastes seldom say yes to this',
  },
  {
    lead: 'hour_habit',
    features: ['hour', 'weekday', 'hour_habit', 'weekday_habit'],
    say: ({ value, raises }) => {
      const habit = value('hour_habit');
      if (habit !== null && habit >= 1.5) {
        return 'Often active at this hour';
      }
      if (habit !== null && habit <= 0.5) {
        return 'Seldom active at this hour';
      }
      return raises ? 'A good time of the week for it' : 'Not the best time of the week for it';
    },
  },
  {
    lead: 'action',
    features: ['action', 'group', 'treatment'],
    say: ({ raises }) => (raises ? 'Customers often say yes to this' : 'Customers seldom say yes to this'),
  },
  {
    lead: 'channel',
    features: ['channel'],
    say: ({ raises }) =>
      raises ? 'Offers on this channel often get a yes' : 'Offers on this channel seldom get a yes',
  },
];
