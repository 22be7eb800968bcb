import { describe, expect, test } from 'vitest';
import type { Identity } from '../api/shapes/identity.js';
import { customerIdFor, type IdentityKey } from './identity.js';
import { type Owner, planIdentity } from './plan-identity.js';
import type { CustomerId } from './profile.js';

const user = (value: string): Identity => ({ kind: 'userId', value });
const anonymous = (value: string): Identity => ({ kind: 'anonymousId', value });
const email = (value: string): Identity => ({ kind: 'email', value });
const owner = (customerId: string, ...userIds: string[]): Owner => ({
  customerId: customerId as CustomerId,
  userIds,
});
const owners = (entries: Record<string, Owner>) => new Map(Object.entries(entries) as [IdentityKey, Owner][]);

describe('planIdentity', () => {
  test('a newcomer gets an id made from the strongest identity', () => {
    const plan = planIdentity([user('u1'), anonymous('a1')], owners({}), false);
    expect(plan).toEqual({
      customerId: customerIdFor(user('u1')),
      attach: [user('u1'), anonymous('a1')],
      merge: [],
      conflicts: [],
    });
  });

  test('a visitor who signs in keeps the customer the visit made', () => {
    const plan = planIdentity([user('u1'), anonymous('a1')], owners({ 'anonymousId:a1': owner('A') }), false);
    expect(plan).toMatchObject({ customerId: 'A', attach: [user('u1')], merge: [] });
  });

  test('a known customer on a second device takes the anonymous visit in', () => {
    const plan = planIdentity(
      [user('u1'), anonymous('a2')],
      owners({ 'userId:u1': owner('U', 'u1'), 'anonymousId:a2': owner('A') }),
      false,
    );
    expect(plan).toMatchObject({ customerId: 'U', attach: [], merge: ['A'], conflicts: [] });
  });

  test('two people on one computer stay two', () => {
    const plan = planIdentity(
      [user('u2'), anonymous('shared')],
      owners({ 'anonymousId:shared': owner('U', 'u1') }),
      false,
    );
    expect(plan).toMatchObject({ customerId: customerIdFor(user('u2')), attach: [user('u2')], merge: [] });
    expect(plan.conflicts).toEqual([
      { identity: anonymous('shared'), otherId: 'U', reason: 'other-user-id' },
    ]);
  });

  test("somebody else's address, mistyped, does not merge two known customers", () => {
    const plan = planIdentity(
      [user('u2'), email('ann@example.com')],
      owners({ 'userId:u2': owner('V', 'u2'), 'email:ann@example.com': owner('U', 'u1') }),
      false,
    );
    expect(plan).toMatchObject({
      customerId: 'V',
      merge: [],
      conflicts: [{ identity: email('ann@example.com'), otherId: 'U' }],
    });
  });

  test('a purchase in store under an address joins the account that later uses it', () => {
    const plan = planIdentity(
      [user('u1'), email('ann@example.com')],
      owners({ 'userId:u1': owner('U', 'u1'), 'email:ann@example.com': owner('S') }),
      false,
    );
    expect(plan).toMatchObject({ customerId: 'U', merge: ['S'], conflicts: [] });
  });

  test('alias joins two known customers, since the sender says they are one', () => {
    const plan = planIdentity(
      [user('new'), user('old')],
      owners({ 'userId:new': owner('N', 'new'), 'userId:old': owner('O', 'old') }),
      true,
    );
    expect(plan).toMatchObject({ customerId: 'N', merge: ['O'], conflicts: [] });
  });

  test('whom somebody took apart stays apart, even by alias and beside others who join', () => {
    const known = owners({
      'userId:u1': { ...owner('U', 'u1'), apart: ['m:2'] },
      'email:x@example.com': owner('X'),
      'anonymousId:a1': { ...owner('A'), apart: ['m:1'] },
    });
    const identities = [user('u1'), email('x@example.com'), anonymous('a1')];
    for (const alias of [false, true]) {
      const plan = planIdentity(identities, known, alias);
      expect(plan).toMatchObject({ customerId: 'U', merge: ['X'] });
      expect(plan.conflicts).toEqual([{ identity: anonymous('a1'), otherId: 'A', reason: 'taken-apart' }]);
    }
  });

  test('an anonymous event of a shared computer goes to the one who used it', () => {
    const plan = planIdentity(
      [anonymous('shared')],
      owners({ 'anonymousId:shared': owner('U', 'u1') }),
      false,
    );
    expect(plan).toMatchObject({ customerId: 'U', attach: [], merge: [] });
  });
});
