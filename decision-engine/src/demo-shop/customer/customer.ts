import type { DemoChannel } from '../world/actions.js';
import type { Place } from '../world/places.js';

/** How a customer shows up in the shop's systems. */
export type Identity = {
  readonly firstName: string;
  readonly lastName: string;
  readonly userId: string;
  /** One anonymous id for each of two devices. */
  readonly devices: readonly [string, string];
  readonly email: string;
  /** What they once typed instead, if they did. */
  readonly mistypedEmail?: string;
  readonly phone?: string;
  /** Token of the payment card, the only thing the till knows. */
  readonly card: string;
};

export type ConsentGiven = {
  readonly email: boolean;
  readonly sms: boolean;
  readonly personalisation: boolean;
};

/**
 * What makes a customer who they are. Nobody in the shop can see it; only the simulation and the truth read it.
 * It never changes: what changes is the life state.
 */
export type Customer = {
  readonly index: number;
  /** Name of the taste group that weighs most, or `loner`. */
  readonly group: string;
  readonly place: Place;
  readonly identity: Identity;
  /** Consent as given at the start. */
  readonly consent: ConsentGiven;
  /** Log weight of interest in each category, in the order of CATEGORIES. */
  readonly interests: readonly number[];
  /** 0 never looks at the price … 1 buys only with an offer. */
  readonly priceSensitivity: number;
  /** 0 leaves at the first trouble … 1 forgives. */
  readonly patience: number;
  /** Liking of each channel, in log odds. */
  readonly channels: Readonly<Record<DemoChannel, number>>;
  /** Local hour at which they are most often about. */
  readonly hour: number;
  readonly visitsPerDay: number;
  /** Log odds of buying in a visit, added to what all share. */
  readonly buying: number;
  /** Log of spending against the average. */
  readonly spending: number;
  /** How much a message moves them: below 0 it drives them away. Roughly -1 to 1. */
  readonly receptive: number;
  /** How likely they would do it anyway: 0 to 1. */
  readonly selfDrive: number;
  /** Log multiplier of the hazard of leaving. */
  readonly restlessness: number;
  /** How much recent messages tire them, in log odds a message. */
  readonly fatigue: number;
  /** The number of the visit in which they first log in; Infinity for those who never do. */
  readonly loginVisit: number;
  /** Share of their visits on the second device. */
  readonly secondDevice: number;
  readonly shopsInStore: boolean;
};
