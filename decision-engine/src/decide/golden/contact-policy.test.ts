import type { PoliciesInput } from '../../policy/policies.js';
import { actionOf, contactOf, on } from '../../testing/decision-fixtures.js';
import { goldenDecisions } from '../../testing/golden-decision.js';

const mail = on('email', actionOf('mail'));
const text = on('sms', actionOf('text', { group: 'reminders' }));
const parcel = on('email', actionOf('parcel', { class: 'transactional', group: 'orders' }));
const recall = on('email', actionOf('recall', { class: 'mandatory', group: 'safety' }));
const email = ['email'];
const at = (iso: string) => new Date(iso);

const twoAWeek: PoliciesInput = { contact: { limits: [{ name: 'two a week', max: 2, window: '7d' }] } };
const twoAWeekHeld: PoliciesInput = {
  contact: { limits: [{ name: 'two a week', max: 2, window: '7d', otherwise: 'hold' }] },
};
const rejectedTwice: PoliciesInput = {
  contact: {
    cooldowns: [
      {
        name: 'twice rejected',
        outcomes: ['rejected'],
        times: 2,
        within: '30d',
        suppressFor: '60d',
        per: 'group',
      },
    ],
  },
};
const rejections = (...dates: string[]) =>
  dates.map((date) => contactOf('mail', { at: at(date), outcome: 'rejected', decisionId: date }));

goldenDecisions('frequency limits', [
  {
    name: 'one of two contacts used',
    because: 'there is room for one more this week',
    actions: [mail],
    policies: twoAWeek,
    input: {
      channels: email,
      profile: { contactHistory: [contactOf('x', { at: at('2026-11-20T12:00:00Z') })] },
    },
    chosen: ['mail'],
  },
  {
    name: 'both contacts used, one of them by SMS',
    because: 'the limit counts all channels together',
    actions: [mail],
    policies: twoAWeek,
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('x', { at: at('2026-11-18T12:00:00Z'), channel: 'sms' }),
          contactOf('y', { at: at('2026-11-20T12:00:00Z') }),
        ],
      },
    },
    chosen: [],
    stopped: { mail: ['contactPolicy: two a week'] },
  },
  {
    name: 'a contact exactly seven days ago',
    because: 'the window rolls: what is seven days old has just left it',
    actions: [mail],
    policies: twoAWeek,
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('x', { at: at('2026-11-15T12:00:00Z') }),
          contactOf('y', { at: at('2026-11-20T12:00:00Z') }),
        ],
      },
    },
    chosen: ['mail'],
  },
  {
    name: 'a contact one second less than seven days ago',
    because: 'it still counts',
    actions: [mail],
    policies: twoAWeek,
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('x', { at: at('2026-11-15T12:00:01Z') }),
          contactOf('y', { at: at('2026-11-20T12:00:00Z') }),
        ],
      },
    },
    chosen: [],
  },
  {
    name: 'shown, clicked and accepted once',
    because: 'three outcomes of one message are one contact',
    actions: [mail],
    policies: twoAWeek,
    input: {
      channels: email,
      profile: {
        contactHistory: (['shown', 'clicked', 'accepted'] as const).map((outcome) =>
          contactOf('x', { outcome, decisionId: 'same' }),
        ),
      },
    },
    chosen: ['mail'],
  },
  {
    name: 'a message decided elsewhere a moment ago and not yet sent',
    because: 'reservations count, or two parallel decisions would both go out',
    actions: [mail],
    policies: { contact: { limits: [{ name: 'one a day', max: 1, window: '1d' }] } },
    input: { channels: email, profile: { contactHistory: [contactOf('x', { outcome: 'reserved' })] } },
    chosen: [],
  },
  {
    name: 'a capped customer, held',
    because: 'the limit says hold: the message may go when the older of two contacts leaves the window',
    actions: [mail],
    policies: twoAWeekHeld,
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('x', { at: at('2026-11-18T12:00:00Z') }),
          contactOf('y', { at: at('2026-11-20T12:00:00Z') }),
        ],
      },
    },
    chosen: [],
    held: { mail: '2026-11-25T12:00:00.000Z' },
  },
  {
    name: 'three contacts where two are allowed',
    because:
      'the limit was lowered meanwhile: two of them must leave the window first, so the second oldest counts',
    actions: [mail],
    policies: twoAWeekHeld,
    input: {
      channels: email,
      profile: {
        contactHistory: ['2026-11-18', '2026-11-19', '2026-11-20'].map((day) =>
          contactOf('x', { at: at(`${day}T12:00:00Z`) }),
        ),
      },
    },
    chosen: [],
    held: { mail: '2026-11-26T12:00:00.000Z' },
  },
  {
    name: 'a limit of none',
    because: 'nothing frees a limit of 0, so the moment is not known',
    actions: [mail],
    policies: { contact: { limits: [{ name: 'never by mail', max: 0, window: '7d', otherwise: 'hold' }] } },
    input: { channels: email },
    chosen: [],
    held: { mail: null },
  },
  {
    name: 'capped on e-mail only',
    because: 'the limit is for e-mail; the reminder goes by SMS',
    actions: [mail, text],
    policies: {
      contact: {
        limits: [{ name: 'one mail a day', appliesTo: { channels: ['email'] }, max: 1, window: '1d' }],
      },
    },
    input: {
      channels: ['email', 'sms'],
      profile: { contactHistory: [contactOf('x', { at: at('2026-11-22T09:00:00Z') })] },
      propensities: { mail: 0.9 },
    },
    chosen: ['text'],
    stopped: { mail: ['contactPolicy: one mail a day'], text: [] },
  },
  {
    name: 'one of each group a week',
    because: 'the group "offers" had its turn, the group "reminders" not',
    actions: [mail, text],
    policies: { contact: { limits: [{ name: 'one of a group', per: 'group', max: 1, window: '7d' }] } },
    input: {
      channels: ['email', 'sms'],
      profile: { contactHistory: [contactOf('other-offer', { at: at('2026-11-20T12:00:00Z') })] },
      propensities: { mail: 0.9 },
    },
    chosen: ['text'],
    stopped: { mail: ['contactPolicy: one of a group'] },
  },
  {
    name: 'the same action again',
    because: 'one and the same action at most once a fortnight; another of the group is fine',
    actions: [mail, on('email', actionOf('second-offer'))],
    policies: { contact: { limits: [{ name: 'no repeats', per: 'action', max: 1, window: '14d' }] } },
    input: {
      channels: email,
      profile: { contactHistory: [contactOf('mail', { at: at('2026-11-12T12:00:00Z') })] },
      propensities: { mail: 0.9 },
    },
    chosen: ['second-offer'],
    stopped: { mail: ['contactPolicy: no repeats'] },
  },
  {
    name: 'a capped customer whose parcel is late',
    because: 'transactional messages skip frequency limits',
    actions: [mail, parcel],
    policies: twoAWeek,
    input: { channels: email, profile: { contactHistory: [contactOf('x'), contactOf('y')] } },
    chosen: ['parcel'],
    stopped: { mail: ['contactPolicy: two a week'], parcel: [] },
  },
  {
    name: 'room for one and two that want it',
    because: 'the one of higher priority takes the last contact of the week; the other gets none',
    actions: [mail, on('email', actionOf('better', { value: { type: 'fixed', amount: 50 } }))],
    policies: twoAWeek,
    input: {
      channels: email,
      context: { slots: 2 },
      profile: { contactHistory: [contactOf('x', { at: at('2026-11-20T12:00:00Z') })] },
    },
    chosen: ['better'],
  },
]);

goldenDecisions('cooldowns', [
  {
    name: 'rejected once',
    because: 'it takes two',
    actions: [mail],
    policies: rejectedTwice,
    input: { channels: email, profile: { contactHistory: rejections('2026-11-01T12:00:00Z') } },
    chosen: ['mail'],
  },
  {
    name: 'rejected twice in a month',
    because: 'two rejections of the group suppress it for 60 days from the second',
    actions: [mail],
    policies: rejectedTwice,
    input: {
      channels: email,
      profile: { contactHistory: rejections('2026-10-01T12:00:00Z', '2026-10-20T12:00:00Z') },
    },
    chosen: [],
    stopped: { mail: ['contactPolicy: twice rejected'] },
  },
  {
    name: 'rejected twice, 60 days ago to the second',
    because: 'the 60 days are over at that second',
    actions: [mail],
    policies: rejectedTwice,
    input: {
      channels: email,
      profile: { contactHistory: rejections('2026-09-10T12:00:00Z', '2026-09-23T12:00:00Z') },
    },
    chosen: ['mail'],
  },
  {
    name: 'two rejections 40 days apart',
    because: 'they are not within 30 days of each other',
    actions: [mail],
    policies: rejectedTwice,
    input: {
      channels: email,
      profile: { contactHistory: rejections('2026-10-01T12:00:00Z', '2026-11-10T12:00:00Z') },
    },
    chosen: ['mail'],
  },
  {
    name: 'two rejections of another group',
    because: 'only the rejected group cools down',
    actions: [text],
    policies: rejectedTwice,
    input: {
      channels: ['sms'],
      profile: { contactHistory: rejections('2026-11-01T12:00:00Z', '2026-11-02T12:00:00Z') },
    },
    chosen: ['text'],
  },
  {
    name: 'a rejection a moment ago, on another channel',
    because: 'the agent pressed No; the same action is not offered by mail a minute later, the next best is',
    actions: [mail, on('email', actionOf('second'))],
    policies: {
      contact: {
        cooldowns: [{ name: 'just rejected', outcomes: ['rejected'], within: '1d', suppressFor: '30d' }],
      },
    },
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('mail', { outcome: 'rejected', channel: 'agent', at: at('2026-11-22T11:59:00Z') }),
        ],
      },
      propensities: { mail: 0.9 },
    },
    chosen: ['second'],
    stopped: { mail: ['contactPolicy: just rejected'] },
  },
  {
    name: 'transactional in a cooled-down group',
    because: 'a cooldown is no frequency limit, so transactional actions obey it',
    actions: [parcel],
    policies: {
      contact: {
        cooldowns: [{ name: 'just rejected', outcomes: ['rejected'], within: '1d', suppressFor: '30d' }],
      },
    },
    input: {
      channels: email,
      profile: {
        contactHistory: [contactOf('parcel', { outcome: 'rejected', at: at('2026-11-22T11:00:00Z') })],
      },
    },
    chosen: [],
  },
  {
    name: 'put off until Wednesday',
    because: 'she said later and named the day; until then the action is held',
    actions: [mail],
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('mail', {
            outcome: 'postponed',
            at: at('2026-11-20T10:00:00Z'),
            until: at('2026-11-25T10:00:00Z'),
          }),
        ],
      },
    },
    chosen: [],
    held: { mail: '2026-11-25T10:00:00.000Z' },
  },
  {
    name: 'put off, and the day has come',
    because: 'it is time to bring it up again',
    actions: [mail],
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('mail', {
            outcome: 'postponed',
            at: at('2026-11-20T10:00:00Z'),
            until: at('2026-11-22T12:00:00Z'),
          }),
        ],
      },
    },
    chosen: ['mail'],
  },
  {
    name: 'put off twice',
    because: 'the later word counts, also where it names the nearer day',
    actions: [mail],
    input: {
      channels: email,
      profile: {
        contactHistory: [
          contactOf('mail', {
            outcome: 'postponed',
            decisionId: '1',
            at: at('2026-11-20T10:00:00Z'),
            until: at('2026-12-25T10:00:00Z'),
          }),
          contactOf('mail', {
            outcome: 'postponed',
            decisionId: '2',
            at: at('2026-11-21T10:00:00Z'),
            until: at('2026-11-22T10:00:00Z'),
          }),
        ],
      },
    },
    chosen: ['mail'],
  },
  {
    name: 'capped and cooled down',
    because: 'both rules are named; the longer one decides when it comes free',
    actions: [mail],
    policies: {
      contact: {
        limits: [{ name: 'one a day', max: 1, window: '1d', otherwise: 'hold' }],
        cooldowns: [
          {
            name: 'just rejected',
            outcomes: ['rejected'],
            within: '1d',
            suppressFor: '30d',
            otherwise: 'hold',
          },
        ],
      },
    },
    input: {
      channels: email,
      profile: {
        contactHistory: [contactOf('mail', { outcome: 'rejected', at: at('2026-11-22T10:00:00Z') })],
      },
    },
    chosen: [],
    stopped: { mail: ['contactPolicy: one a day', 'contactPolicy: just rejected'] },
    held: { mail: '2026-12-22T10:00:00.000Z' },
  },
  {
    name: 'a hold and a drop at once',
    because: 'what one rule drops is not held by another',
    actions: [mail],
    policies: {
      contact: {
        limits: [{ name: 'one a day', max: 1, window: '1d', otherwise: 'hold' }],
        cooldowns: [{ name: 'just rejected', outcomes: ['rejected'], within: '1d', suppressFor: '30d' }],
      },
    },
    input: {
      channels: email,
      profile: {
        contactHistory: [contactOf('mail', { outcome: 'rejected', at: at('2026-11-22T10:00:00Z') })],
      },
    },
    chosen: [],
    stopped: { mail: ['contactPolicy: one a day', 'contactPolicy: just rejected'] },
  },
  {
    name: 'a recall under every rule at once',
    because: 'mandatory skips limits, cooldowns and quiet hours',
    actions: [recall],
    policies: {
      contact: {
        limits: [{ name: 'never', max: 0, window: '1d' }],
        cooldowns: [{ name: 'just rejected', outcomes: ['rejected'], within: '1d', suppressFor: '30d' }],
        quietHours: [{ name: 'always quiet', from: '00:00', to: '23:59' }],
        allowedDays: [{ name: 'Mondays', days: ['mon'] }],
      },
    },
    input: {
      channels: email,
      profile: {
        contactHistory: [contactOf('recall', { outcome: 'rejected', at: at('2026-11-22T11:00:00Z') })],
      },
    },
    chosen: ['recall'],
    stopped: { recall: [] },
  },
]);
