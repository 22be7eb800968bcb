import type { ActionId, ExperimentId } from '../catalogue/ids.js';
import type { Facts } from '../conditions/facts.js';
import {
  type ContactIdentity,
  type CooldownState,
  contactsOf,
  cooldownStates,
  limitTimes,
  selectsEntry,
  sharedKey,
} from '../policy/contact-ledger.js';
import type { ContactPolicy } from '../policy/contact-policy.js';
import { type LocalTime, localTime } from '../policy/local-time.js';
import type { DecideInput } from './decide-input.js';
import type { ContactEntry } from './decision-profile.js';
import type { RuleResult } from './decision-result.js';

/** What all candidates of one decision share: the input, and what is worked out from it once, on first use. */
export class DecisionScope {
  readonly now: number;
  private readonly factsByChannel = new Map<string, Facts>();
  private contacts: ContactEntry[] | undefined;
  private readonly times: (Map<string, number[]> | undefined)[] = [];
  private readonly cooldowns: (Map<string, CooldownState> | undefined)[] = [];
  private local: LocalTime | undefined;
  private postponed: Map<string, { readonly at: Date; readonly until: number }> | undefined;
  private counts: Map<string, number> | undefined;
  /** Results of rules that say the same for several candidates, by the place {@link RuleSharing} gave them. */
  readonly shared: (RuleResult | undefined)[] = [];

  constructor(
    readonly input: DecideInput,
    private readonly policy: ContactPolicy,
    readonly held: {
      readonly globalHoldOut: boolean;
      readonly withheld: ReadonlyMap<ActionId, ExperimentId>;
    },
  ) {
    this.now = input.now.getTime();
  }

  localTime = (): LocalTime => {
    this.local ??= localTime(this.now, this.input.profile.timeZone);
    return this.local;
  };

  /** Promotional candidates see nothing of the behaviour of a customer who objected to profiling. */
  facts(channel: string, promotional: boolean): Facts {
    const { profile, context } = this.input;
    const profilingHidden = profile.noProfiling && promotional;
    const key = profilingHidden ? `${channel}|hidden` : channel;
    let facts = this.factsByChannel.get(key);
    if (facts === undefined) {
      facts = {
        profile,
        context,
        channel,
        now: this.now,
        contacts: profile.contactHistory,
        profilingHidden,
        localTime: this.localTime,
      };
      this.factsByChannel.set(key, facts);
    }
    return facts;
  }

  contactsSoFar(): readonly ContactEntry[] {
    this.contacts ??= contactsOf(this.input.profile.contactHistory);
    return this.contacts;
  }

  /** Contacts of this customer with an action. */
  contactCount(actionId: ActionId): number {
    if (this.counts === undefined) {
      this.counts = new Map();
      for (const contact of this.contactsSoFar()) {
        this.counts.set(contact.actionId, (this.counts.get(contact.actionId) ?? 0) + 1);
      }
    }
    return this.counts.get(actionId) ?? 0;
  }

  /** Until when the customer put an action off, in milliseconds; undefined = not put off. The latest word counts. */
  postponedUntil(actionId: ActionId): number | undefined {
    if (this.postponed === undefined) {
      this.postponed = new Map();
      for (const entry of this.input.profile.contactHistory) {
        if (entry.outcome !== 'postponed' || entry.until === undefined) continue;
        const known = this.postponed.get(entry.actionId);
        if (known === undefined || entry.at >= known.at) {
          this.postponed.set(entry.actionId, { at: entry.at, until: entry.until.getTime() });
        }
      }
    }
    return this.postponed.get(actionId)?.until;
  }

  /** Moments of contact that the limit at this place of the policy counts for this candidate, oldest first. */
  limitTimes(index: number, candidate: ContactIdentity): readonly number[] {
    const limit = this.policy.limits[index];
    if (limit === undefined) return [];
    let times = this.times[index];
    if (times === undefined) {
      times = limitTimes(limit, this.contactsSoFar(), this.now);
      this.times[index] = times;
    }
    return times.get(sharedKey(limit.per, candidate)) ?? [];
  }

  cooldown(index: number, candidate: ContactIdentity): CooldownState | undefined {
    const rule = this.policy.cooldowns[index];
    if (rule === undefined) return undefined;
    let states = this.cooldowns[index];
    if (states === undefined) {
      states = cooldownStates(rule, this.input.profile.contactHistory);
      this.cooldowns[index] = states;
    }
    return states.get(sharedKey(rule.per, candidate));
  }

  /** Counts what a slot of this decision took against the limits, so that the next slot sees it. */
  addContact(contact: ContactEntry): void {
    this.contacts = [...this.contactsSoFar(), contact];
    this.times.forEach((times, index) => {
      const limit = this.policy.limits[index];
      if (times === undefined || limit === undefined || !selectsEntry(limit.appliesTo, contact)) return;
      const key = sharedKey(limit.per, contact);
      times.set(key, [...(times.get(key) ?? []), contact.at.getTime()]);
    });
  }
}
