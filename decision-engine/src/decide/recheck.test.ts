import { describe, expect, it } from 'vitest';
import {
  actionOf,
  channel,
  contactOf,
  DENIED,
  deciderOf,
  type InputChanges,
  inputOf,
  on,
} from '../testing/decision-fixtures.js';

const decider = deciderOf([on('email', actionOf('mail', { endsAt: '2026-11-23T00:00:00Z' }))], {
  contact: {
    limits: [{ name: 'one a day', max: 1, window: '1d', otherwise: 'hold' }],
    quietHours: [{ name: 'night', from: '21:00', to: '08:00' }],
  },
});
const own = contactOf('mail', { decisionId: 'mine', outcome: 'reserved' });

function verdict(changes: InputChanges = {}) {
  const { profile, context, now, usage } = inputOf({ channels: ['email'], ...changes });
  const contactHistory = [own, ...profile.contactHistory];
  return decider.recheck({
    profile: { ...profile, contactHistory },
    context,
    now,
    usage,
    decisionId: 'mine',
    actionId: 'mail',
    treatmentId: 'email',
  });
}

describe('recheck', () => {
  it('sends what is still allowed; its own reservation is no obstacle', () => {
    expect(verdict()).toEqual({ verdict: 'send' });
  });

  it('is not stopped by the yes to its own offer, but by a no', () => {
    const strict = deciderOf(
      [on('email', actionOf('mail', { limits: { acceptancesPerCustomer: 1, contactsPerCustomer: 1 } }))],
      {
        contact: {
          cooldowns: [
            { name: 'not twice', outcomes: ['accepted'], within: '14d', suppressFor: '14d' },
            { name: 'no is no', outcomes: ['rejected'], within: '30d', suppressFor: '30d' },
          ],
        },
      },
    );
    const after = (outcome: 'accepted' | 'rejected', decisionId: string) => {
      const { profile, context, now } = inputOf({ channels: ['email'] });
      const contactHistory = [
        { ...own, decisionId, outcome: 'shown' as const, channel: 'agent' },
        { ...own, decisionId, outcome, channel: 'agent' },
      ];
      const asked = { decisionId: 'mine', actionId: 'mail', treatmentId: 'email' };
      return strict.recheck({ profile: { ...profile, contactHistory }, context, now, ...asked }).verdict;
    };
    expect(after('accepted', 'mine')).toBe('send');
    expect(after('accepted', 'another')).toBe('drop');
    expect(after('rejected', 'mine')).toBe('drop');
  });

  it('drops what was revoked since', () => {
    expect(verdict({ profile: { consent: { email: { marketing: DENIED } } } })).toMatchObject({
      verdict: 'drop',
      stoppedBy: [{ stage: 'consent' }],
    });
    const suppressions = [{ kind: 'legal' as const, channel: channel('email'), reason: 'unsubscribed' }];
    expect(verdict({ profile: { suppressions } })).toMatchObject({
      verdict: 'drop',
      stoppedBy: [{ stage: 'suppression' }],
    });
  });

  it('drops what is over, also at night', () => {
    expect(verdict({ now: new Date('2026-11-23T00:00:00Z') })).toMatchObject({ verdict: 'drop' });
  });

  it('holds what another message overtook', () => {
    expect(
      verdict({
        profile: { contactHistory: [contactOf('other', { at: new Date('2026-11-22T11:00:00Z') })] },
      }),
    ).toMatchObject({
      verdict: 'hold',
      until: new Date('2026-11-23T11:00:00Z'),
    });
  });

  it('knows when an action is gone', () => {
    const { profile, context, now } = inputOf();
    expect(
      decider.recheck({ profile, context, now, decisionId: 'mine', actionId: 'mail', treatmentId: 'sms' }),
    ).toEqual({ verdict: 'gone' });
  });
});
