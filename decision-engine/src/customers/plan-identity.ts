import type { Identity } from '../api/shapes/identity.js';
import type { ConflictReason } from '../merges/conflict-document.js';
import { areKeptApart } from '../merges/kept-apart.js';
import { customerIdFor, type IdentityKey, identityKey } from './identity.js';
import type { CustomerId } from './profile.js';

/** Who owns an identity now, and which user ids that customer is known by. */
export type Owner = {
  readonly customerId: CustomerId;
  readonly userIds: readonly string[];
  /** Marks of merges that somebody took apart; absent where none. */
  readonly apart?: readonly string[];
};

/** An identity that stays with somebody else. */
export type IdentityConflict = {
  readonly identity: Identity;
  readonly otherId: CustomerId;
  readonly reason: ConflictReason;
};

export type IdentityPlan = {
  /** Whose event this is. */
  readonly customerId: CustomerId;
  /** Identities nobody owned: they become this customer's. */
  readonly attach: readonly Identity[];
  /** Customers who turn out to be the same person and become part of this one. */
  readonly merge: readonly CustomerId[];
  readonly conflicts: readonly IdentityConflict[];
};

/**
 * Decides whose event it is and what becomes one: deterministic keys only, and two customers with different user ids
 * are never made one (a shared computer, a mistyped address), unless `alias` says outright that they are. Whom somebody took
 * apart stays apart, whatever events say.
 * @param identities the event's, strongest first, at least one
 * @param owners who owns which of them now
 * @param sameByAlias true for `alias`: the sender states that both ids are one person
 */
export function planIdentity(
  identities: readonly Identity[],
  owners: ReadonlyMap<IdentityKey, Owner>,
  sameByAlias: boolean,
): IdentityPlan {
  const [strongest] = identities;
  if (strongest === undefined)
    throw new Error('Expected "identities" to hold at least one identity, got none');
  const found = identities.flatMap((identity) => {
    const owner = owners.get(identityKey(identity));
    return owner === undefined ? [] : [{ identity, owner }];
  });
  const eventUserId = identities.find((identity) => identity.kind === 'userId')?.value;
  const fits = (owner: Owner): boolean =>
    sameByAlias ||
    eventUserId === undefined ||
    owner.userIds.length === 0 ||
    owner.userIds.includes(eventUserId);

  const main = found.find(({ owner }) => fits(owner))?.owner;
  const customerId = main?.customerId ?? customerIdFor(strongest);
  const known = new Set(main?.userIds ?? []);
  if (eventUserId !== undefined) known.add(eventUserId);

  const merge = new Set<CustomerId>();
  const conflicts: IdentityConflict[] = [];
  const apart = new Set(main?.apart);
  for (const { identity, owner } of found) {
    if (owner.customerId === customerId || merge.has(owner.customerId)) continue;
    const differs = owner.userIds.some((userId) => !known.has(userId)) && known.size > 0;
    const takenApart = areKeptApart([...apart], owner.apart ?? []);
    if (takenApart || (differs && !sameByAlias)) {
      const reason = takenApart ? 'taken-apart' : 'other-user-id';
      conflicts.push({ identity, otherId: owner.customerId, reason });
      continue;
    }
    merge.add(owner.customerId);
    for (const userId of owner.userIds) known.add(userId);
    for (const mark of owner.apart ?? []) apart.add(mark);
  }
  const attach = identities.filter((identity) => !owners.has(identityKey(identity)));
  return { customerId, attach, merge: [...merge], conflicts };
}
