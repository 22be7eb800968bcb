import { CHANNELS } from '../features/channels.js';
import { count, duration, money, percent, some, type Theme } from './facts.js';

/** Words for visits, messages, answers and support. */
export const CONTACT_THEMES: readonly Theme[] = [
  {
    lead: 'days_since_visit',
    features: [
      'visits_1d',
      'visits_7d',
      'visits_30d',
      'visits_90d',
      'visits_total',
      'days_since_visit',
      'visit_events_mean',
      'visit_minutes_mean',
      'visit_now_events',
      'visit_now_minutes',
    ],
    say: ({ value }) => {
      const days = value('days_since_visit');
      if (days === null) {
        return undefined;
      }
      return days > 30
        ? `No visit for ${count(Math.floor(days), 'day')}`
        : `${some(value('visits_30d') ?? 0, 'visit')} in the last 30 days`;
    },
  },
  {
    lead: 'basket_value',
    features: [
      'basket_items',
      'basket_products',
      'basket_value',
      'basket_age_hours',
      'basket_idle_hours',
      'checkout_hours',
    ],
    say: ({ value }) => {
      if ((value('basket_items') ?? 0) === 0) {
        return 'Nothing in the basket';
      }
      const checkout = value('checkout_hours');
      return checkout === null
        ? `Basket of ${money(value('basket_value') ?? 0)}, open for ${duration(value('basket_age_hours') ?? 0)}`
        : `Checkout of ${money(value('basket_value') ?? 0)} started ${duration(checkout)} ago and not finished`;
    },
  },
  {
    lead: 'products_viewed_30d',
    features: [
      'products_viewed_7d',
      'products_viewed_30d',
      'searches_7d',
      'searches_30d',
      'wishes_30d',
      'days_since_product_view',
      'interest_points',
      'lasting_days',
      'interest_categories',
      'interest_top_share',
    ],
    say: ({ value }) => {
      if (value('days_since_product_view') === null) {
        return undefined;
      }
      const viewed = value('products_viewed_30d') ?? 0;
      return viewed === 0
        ? 'Viewed no products in the last 30 days'
        : `Viewed ${count(viewed, 'product')} in the last 30 days`;
    },
  },
  {
    lead: 'contacts_7d',
    features: [
      'contacts_1d',
      'contacts_7d',
      'contacts_30d',
      'contact_hours',
      'actions_shown_7d',
      'actions_shown_30d',
      'actions_shown_90d',
      'actions_shown_total',
      'actions_pressure',
      'actions_unanswered',
      ...CHANNELS.flatMap((channel) => [`${channel}_shown_30d`, `${channel}_days_since`]),
      'channel_shown_7d',
      'channel_days_since',
    ],
    say: ({ value }) => {
      const week = value('contacts_7d') ?? 0;
      if (week > 0) {
        return `${count(week, 'message')} in the last 7 days`;
      }
      const hours = value('contact_hours');
      return hours === null ? 'No message from us so far' : `No message for ${count(hours / 24, 'day')}`;
    },
  },
  {
    lead: 'action_accept_rate',
    features: [
      'actions_accepted_90d',
      'actions_accepted_total',
      'actions_clicked_90d',
      'actions_converted_total',
      'action_accept_rate',
      'action_accept_score',
      'action_click_rate',
      'days_since_accepted',
      ...CHANNELS.map((channel) => `${channel}_answer_rate`),
      'email_open_rate',
      'channel_yes_rate',
      'channel_yes_score',
    ],
    say: ({ value }) => {
      const shown = value('actions_shown_total') ?? 0;
      const yes = value('actions_accepted_total') ?? 0;
      if (shown === 0) {
        return 'Has not been made an offer yet';
      }
      return yes === 0
        ? `Took up none of ${count(shown, 'offer')}`
        : `Took up ${percent(Math.min(1, yes / shown))} of our offers`;
    },
  },
  {
    lead: 'actions_rejected_90d',
    features: [
      'actions_rejected_90d',
      'actions_postponed_90d',
      'action_reject_rate',
      'days_since_rejected',
      'opted_out',
    ],
    say: ({ value }) => {
      if ((value('opted_out') ?? 0) === 1) {
        return 'Has unsubscribed';
      }
      const rejected = value('actions_rejected_90d') ?? 0;
      return rejected > 0
        ? `Said no to ${count(rejected, 'offer')} in the last 90 days`
        : 'Said no to no offer lately';
    },
  },
  {
    lead: 'support_contacts_90d',
    features: [
      'support_contacts_7d',
      'support_contacts_30d',
      'support_contacts_90d',
      'support_contacts_total',
      'days_since_support',
      'support_unresolved',
      'support_unresolved_days',
    ],
    say: ({ value }) => {
      const waiting = value('support_unresolved_days');
      if (waiting !== null) {
        return waiting < 1
          ? 'Waiting for a solution from support since today'
          : `Waiting for a solution from support for ${count(Math.floor(waiting), 'day')}`;
      }
      const contacts = value('support_contacts_90d') ?? 0;
      return contacts === 0
        ? 'No contact with support in the last 90 days'
        : `${count(contacts, 'contact')} with support in the last 90 days`;
    },
  },
  {
    lead: 'support_mood_last',
    features: [
      'support_mood_last',
      'support_mood_now',
      'support_mood_worst_90d',
      'survey_score_last',
      'survey_score_worst_90d',
      'days_since_survey',
      'review_rating_last',
    ],
    say: ({ value }) => {
      const mood = value('support_mood_last');
      if (mood !== null) {
        return mood < -0.2
          ? 'Was unhappy in the last conversation'
          : `Was ${mood > 0.2 ? 'happy' : 'calm'} in the last conversation`;
      }
      const survey = value('survey_score_last') ?? value('review_rating_last');
      if (survey === null) {
        return undefined;
      }
      return survey < 0.5 ? 'Rated us low when last asked' : 'Rated us well when last asked';
    },
  },
  {
    lead: 'evening_share',
    features: ['night_share', 'morning_share', 'evening_share', 'weekend_share'],
    say: ({ value }) => {
      const [evening, morning, weekend] = ['evening_share', 'morning_share', 'weekend_share'].map(
        (name) => value(name) ?? 0,
      );
      if ((weekend ?? 0) > 0.5) {
        return 'Mostly active at weekends';
      }
      if ((evening ?? 0) > 0.5) {
        return 'Mostly active in the evening';
      }
      return (morning ?? 0) > 0.5 ? 'Mostly active in the morning' : undefined;
    },
  },
];
