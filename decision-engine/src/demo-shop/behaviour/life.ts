import type { JsonObject } from '@segue/models';
import type TinyQueue from 'tinyqueue';
import type { Draws } from '../chance/draws.js';
import type { ConsentGiven, Customer } from '../customer/customer.js';
import type { DemoEvent } from '../demo-event.js';
import type { Answer } from '../truth/answer.js';
import type { DemoAction, DemoChannel } from '../world/actions.js';
import type { Category } from '../world/categories.js';
import type { Product } from '../world/products.js';
import type { Tastes } from './tastes.js';

export type DemoOutcome = 'shown' | 'clicked' | 'accepted' | 'rejected' | 'postponed' | 'converted';

/** Which decision an outcome belongs to. */
export type Offer = {
  readonly decisionId: string;
  readonly action: DemoAction;
  readonly treatmentId: string;
  readonly channel: DemoChannel;
  /** The probability with which the action was chosen. */
  readonly propensity: number;
};

/** A point at which something could be offered. The simulation waits there for a {@link Choice}. */
export type Moment = {
  readonly life: Life;
  readonly channel: DemoChannel;
  readonly placement: 'home' | 'product' | 'cart' | 'conversation' | 'outreach';
  readonly at: number;
  /** What may be offered: the channel, the occasion and consent allow it. */
  readonly candidates: readonly DemoAction[];
};

/** What was chosen at a moment. Absent where nothing is offered. */
export type Choice = {
  readonly action: DemoAction;
  readonly propensity: number;
  readonly decisionId?: string;
  readonly treatmentId?: string;
};

/** What a life brings forth, in order of time. */
export type LifeItem =
  | { readonly kind: 'event'; readonly at: number; readonly event: DemoEvent; readonly outcome?: OutcomeNote }
  | { readonly kind: 'moment'; readonly at: number; readonly moment: Moment };

/** Beside an outcome's event: which offer it answers, and the customer's answer, known to the world from the start. */
export type OutcomeNote = {
  readonly customer: Customer;
  readonly outcome: DemoOutcome;
  readonly offer: Offer;
  readonly answer: Answer;
  readonly value?: number;
};

/** A part of a life that takes a choice at each moment and yields what happens. */
export type Scene = Generator<LifeItem, void, Choice | undefined>;

export type BasketLine = { readonly product: Product; quantity: number };

/** A discount that was accepted and not used yet. */
export type Coupon = { readonly code: string; readonly share: number; readonly until: number };

export type Trouble = { readonly topic: string; readonly since: number; readonly orderId?: string };

/** What comes later in a life: deliveries, late answers, returns. */
export type Plan = { readonly at: number; readonly play: 'visit' | (() => Scene) };

/** Everything about one customer that changes. Times are epoch milliseconds; levels are unit-free. */
export type Life = {
  readonly seed: number;
  readonly customer: Customer;
  /** Chance in behaviour, apart from chance in answers, so that another choice doesn't change the weather. */
  draws: Draws;
  readonly answers: Draws;
  agenda: TinyQueue<Plan>;
  readonly contexts: readonly [JsonObject, JsonObject];
  readonly serverContext: JsonObject;
  /** When the account was opened; before the world's start for those who were customers already. */
  readonly since: number;
  tastes: Tastes;
  cursor: number;
  sequence: number;
  visits: number;
  lastVisit: number;
  lastDevice: 0 | 1;
  lastLookedAt: Category | undefined;
  /** Devices on which they have identified themselves. */
  readonly known: [boolean, boolean];
  registered: boolean;
  emailGiven: boolean;
  plus: boolean;
  consent: ConsentGiven;
  basket: BasketLine[];
  basketSince: number;
  coupon: Coupon | undefined;
  orders: number;
  lastOrder: number;
  /** Orders that are past their promised day and not there yet. */
  lateParcels: number;
  lateUntil: number;
  trouble: Trouble | undefined;
  /** -1 furious … 1 delighted; fades by half in five days. */
  mood: number;
  /** Recent messages, each fading by half in a week. */
  tired: number;
  /** 1 as usual; falls with trouble and unwanted messages, comes back slowly. */
  engagement: number;
  /** 0 … 1: learned to wait for the next discount. */
  waits: number;
  /** Log odds of buying that an accepted offer adds, until `boostUntil`. */
  boost: number;
  boostUntil: number;
  readonly shown: Map<string, { times: number; last: number }>;
  accepted: { readonly offer: Offer; readonly until: number; readonly answer: Answer } | undefined;
  leftAt: number | undefined;
};
