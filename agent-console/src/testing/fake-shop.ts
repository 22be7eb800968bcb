import { permissionsOf } from '../../../decision-engine/src/access/permissions';
import type {
  AgentView,
  AssignmentAnswer,
  AssignRequest,
  ChannelView,
  CustomerView,
  DecideAnswer,
  DecisionRecord,
  DeliveryView,
  FeedbackRequest,
  InboxFilter,
  InboxPage,
  OutboxPage,
  OutcomeRecord,
  ServerToClient,
  SessionView,
  TimelineItem,
  TimelinePage,
} from '../engine/engine-types';
import { FakeCatalogue } from './fake-catalogue';
import { fakeChannels } from './fake-channels';
import { FakeDesk } from './fake-desk';
import { FakeJourneys } from './fake-journeys';
import { FakeMerges } from './fake-merges';
import { FakeSettings } from './fake-settings';
import {
  customerFixture,
  decisionFixture,
  inboxItem,
  minutesBefore,
  person,
  timelineFixture,
} from './fixtures';

type Push = <Name extends keyof ServerToClient>(
  name: Name,
  message: Parameters<ServerToClient[Name]>[0],
) => void;
type Paged = { cursor?: string | undefined; limit?: number | undefined };

const DANA: AgentView = {
  agentId: 'agt_1',
  email: 'dana@example.com',
  name: 'Dana Whitfield',
  role: 'agent',
};

/** A shop in memory that answers as the engine does, and says `push` when something changes. */
export class FakeShop {
  agent: AgentView = DANA;
  readonly password = 'correct horse battery';
  /** Every call of who is signed in fails, as while the engine has lost its database. */
  databaseGone = false;
  push: Push = () => {};
  readonly catalogue: FakeCatalogue;
  readonly desk: FakeDesk;
  readonly journeys: FakeJourneys;
  readonly merges: FakeMerges;
  readonly settings: FakeSettings;
  private readonly outcomes = new Map<string, OutcomeRecord[]>();
  private readonly decisions = new Map<string, DecideAnswer>();
  private readonly versions = new Map<string, number>();
  private readonly fresh = new Map<string, TimelineItem[]>();
  private readonly basketItems = new Map<string, number>();
  private readonly deliveries: DeliveryView[] = [];
  private readonly risen: number[] = [];
  private readonly switchedOn = new Set<string>();

  constructor(
    private readonly size: number,
    private readonly clock: () => number,
  ) {
    this.catalogue = new FakeCatalogue(clock);
    this.desk = new FakeDesk(clock);
    this.journeys = new FakeJourneys(clock);
    this.merges = new FakeMerges(() => person(0).id, clock);
    this.settings = new FakeSettings(clock);
    for (const index of [0, 3, 5]) this.deliveries.push(this.delivery(index, 30 + index * 90));
  }

  /** Forgets everything that was done to it. */
  reset(): void {
    this.agent = DANA;
    for (const kept of [this.outcomes, this.decisions, this.versions, this.fresh, this.basketItems])
      kept.clear();
    this.switchedOn.clear();
    this.catalogue.reset();
    this.desk.reset();
    this.databaseGone = false;
    this.deliveries.splice(0, this.deliveries.length - 3);
    this.risen.length = 0;
  }

  channels(): ChannelView[] {
    return fakeChannels(this.clock()).map((channel) => ({
      ...channel,
      endpoints: channel.endpoints.map(({ name, off }) => ({
        name,
        off: this.switchedOn.has(name) ? null : off,
      })),
    }));
  }

  switchEndpointOn(endpoint: string): { endpoint: string } {
    this.switchedOn.add(endpoint);
    return { endpoint };
  }

  /** Puts a message back into the outbox; it goes out in the background. */
  retry(deliveryId: string): DeliveryView | null {
    const index = this.deliveries.findIndex((each) => each.deliveryId === deliveryId);
    const known = this.deliveries[index];
    if (known === undefined) return null;
    const again: DeliveryView = { ...known, state: 'pending', detail: 'tried again by hand' };
    this.deliveries[index] = again;
    return again;
  }

  session(): SessionView {
    return { agent: this.agent, permissions: permissionsOf(this.agent.role) };
  }

  /** Somebody else signs in from here on, until `reset`. */
  becomeAgent(someone: Partial<AgentView>): void {
    this.agent = { ...this.agent, ...someone };
  }

  /** Whoever signs in has this role, until `reset`. */
  actAs(role: AgentView['role']): void {
    this.agent = { ...this.agent, role };
  }

  inbox({ cursor, limit = 50, filter = {} }: Paged & { filter?: InboxFilter }): InboxPage {
    const from = Number(cursor ?? 0);
    const all = this.order()
      .map((index) => inboxItem(index, this.clock()))
      .filter((item) => this.desk.fits(item, filter, this.agent.agentId));
    const until = Math.min(all.length, from + limit);
    const items = all
      .slice(from, until)
      .map((item) => ({ ...item, assigned: this.desk.assigned(item.customerId) }));
    return { items, nextCursor: until < all.length ? String(until) : null, total: all.length };
  }

  /** Somebody takes a customer or lets them go, and every console is told. */
  assign(request: AssignRequest, agent: AgentView): AssignmentAnswer {
    const done = this.desk.assign(request, agent);
    const { customerId } = request;
    const assigned = this.desk.assigned(customerId);
    if (done) this.push('assignment:changed', { customerId, assigned });
    return { done, assigned };
  }

  customer(customerId: string): CustomerView | null {
    const index = this.indexOf(customerId);
    if (index === null) return null;
    const view = customerFixture(index, this.clock());
    const added = this.basketItems.get(customerId) ?? 0;
    if (added === 0) return view;
    return {
      ...view,
      basket: {
        items: (view.basket?.items ?? 0) + added,
        value: (view.basket?.value ?? 0) + 38 * added,
        daysOld: 0,
      },
    };
  }

  timeline({ customerId, cursor, limit = 40 }: Paged & { customerId: string }): TimelinePage {
    const index = this.indexOf(customerId) ?? 0;
    const all = [...(this.fresh.get(customerId) ?? []), ...timelineFixture(index, this.clock())];
    const from = Number(cursor ?? 0);
    return {
      items: all.slice(from, from + limit),
      nextCursor: from + limit < all.length ? String(from + limit) : null,
    };
  }

  inAnHour(): string {
    return minutesBefore(this.clock(), -60);
  }

  /** Whoever has the first of these identities that is known. */
  resolve(references: readonly Readonly<Record<string, string>>[]): string | null {
    const values = references.map((reference) => Object.values(reference)[0]);
    const everybody = Array.from({ length: this.size }, (_, index) => person(index));
    return everybody.find(({ email }) => values.includes(email))?.id ?? null;
  }

  search(text: string): { customerId: string; displayName: string; email: string | null }[] {
    const wanted = text.toLowerCase();
    return Array.from({ length: this.size }, (_, index) => person(index))
      .filter((someone) => `${someone.name} ${someone.email}`.toLowerCase().includes(wanted))
      .slice(0, 8)
      .map((someone) => ({ customerId: someone.id, displayName: someone.name, email: someone.email }));
  }

  decision(customerId: string): DecideAnswer | null {
    const index = this.indexOf(customerId);
    if (index === null) return null;
    const known = this.decisions.get(customerId);
    if (known !== undefined) return known;
    const version = (this.versions.get(customerId) ?? -1) + 1;
    this.versions.set(customerId, version);
    const without = new Set((this.outcomes.get(customerId) ?? []).map((outcome) => outcome.actionId));
    const decision = decisionFixture({ index, version, now: this.clock(), without });
    this.decisions.set(customerId, decision);
    this.push('decision:made', decision);
    return decision;
  }

  record(decisionId: string): DecisionRecord | null {
    const index = Number(decisionId.split('_')[1] ?? Number.NaN);
    if (Number.isNaN(index)) return null;
    const customerId = person(index).id;
    const answer = decisionFixture({ index, version: 0, now: this.clock() - 120_000, without: new Set() });
    const rules = (failing: string | null, detail: string) =>
      [
        ['eligibility: in country', 'United Kingdom is among the 2 countries'],
        ['applicability: order is late', '3 days late, at least 1 asked for'],
        ['consent: e-mail', 'granted at checkout on 6 May 2026'],
        ['contact limit: 2 a week', '1 of 2 used'],
        ['cooldown after no: 14 days', 'never said no'],
      ].map(([rule, good]) =>
        rule === failing
          ? { rule, passed: false, detail }
          : { rule: rule ?? '', passed: true, detail: good ?? '' },
      );
    return {
      ...answer,
      decisionId,
      candidates: [
        ...answer.actions.map((action) => ({
          actionId: action.actionId,
          name: action.name,
          treatmentId: action.treatment.treatmentId,
          channel: 'agent',
          stayed: true,
          rules: rules(null, ''),
          priority: action.priority,
          arithmetic: `${action.propensity ?? 1} x 1 x ${action.value} x 1 = ${action.priority}`,
          probability: action.rank === 1 ? 0.9 : 0.05,
        })),
        {
          actionId: 'voucher-10',
          name: 'Give a £10 voucher',
          treatmentId: 'voucher-10-agent',
          channel: 'agent',
          stayed: false,
          rules: rules('cooldown after no: 14 days', 'said no 3 days ago, rests until 3 December'),
          priority: null,
          arithmetic: null,
          probability: 0,
        },
        {
          actionId: 'membership',
          name: 'Offer the Plus membership',
          treatmentId: 'membership-agent',
          channel: 'agent',
          stayed: false,
          rules: rules('applicability: order is late', 'a complaint is open; nothing is sold meanwhile'),
          priority: null,
          arithmetic: null,
          probability: 0,
        },
      ],
      outcomes: (this.outcomes.get(customerId) ?? []).filter((outcome) =>
        outcome.feedbackId.startsWith(decisionId),
      ),
      requestedBy: 'Dana Whitfield',
      policyVersion: 'policy-7',
      catalogueVersion: 'catalogue-31',
      modelVersions: { churn: 'churn-2026-11-20-a', propensity: 'propensity-2026-11-20-a' },
    };
  }

  feedback(request: FeedbackRequest): { feedbackId: string; recorded: boolean } {
    const index = Number(request.decisionId.split('_')[1] ?? 0);
    const customerId = person(index).id;
    const outcome: OutcomeRecord = {
      feedbackId: `${request.decisionId}:${request.actionId}:${request.outcome}`,
      actionId: request.actionId,
      outcome: request.outcome,
      value: request.value ?? null,
      note: request.note ?? null,
      until: request.until ?? null,
      at: new Date(this.clock()).toISOString(),
      agent: { agentId: this.agent.agentId, name: this.agent.name },
    };
    this.outcomes.set(customerId, [...(this.outcomes.get(customerId) ?? []), outcome]);
    this.push('outcome:recorded', { customerId, decisionId: request.decisionId, outcome });
    if (request.outcome !== 'shown') {
      this.decisions.delete(customerId);
      this.decision(customerId);
    }
    return { feedbackId: outcome.feedbackId, recorded: true };
  }

  outbox(): OutboxPage {
    return {
      items: this.deliveries,
      nextCursor: null,
      inDoubt: 0,
      channels: [
        {
          channel: 'email',
          name: 'E-mail',
          configured: false,
          detail: 'E-mail is not configured: set SMTP_URL and start again. Nothing is sent until then.',
        },
      ],
    };
  }

  send({ decisionId }: { decisionId: string; actionId: string }): DeliveryView | null {
    const index = Number(decisionId.split('_')[1] ?? Number.NaN);
    if (Number.isNaN(index)) return null;
    const delivery = this.delivery(index, 0);
    this.deliveries.unshift(delivery);
    // As the engine does: it waits at first, and goes out in the background.
    setTimeout(() => this.push('delivery:changed', delivery), 50);
    return { ...delivery, state: 'pending', detail: '' };
  }

  /** What happens when an event comes in for a customer. */
  addToBasket(customerId: string, what = 'Oak serving board'): void {
    const items = this.fresh.get(customerId) ?? [];
    const item: TimelineItem = {
      id: `fresh_${customerId}_${items.length}`,
      kind: 'event',
      at: new Date(this.clock()).toISOString(),
      title: `Added ${what} to the basket`,
      detail: '£38.00, 1 piece',
      decisionId: null,
    };
    this.fresh.set(customerId, [item, ...items]);
    this.basketItems.set(customerId, (this.basketItems.get(customerId) ?? 0) + 1);
    this.push('customer:changed', { customerId, items: [item] });
  }

  /** What happens when a customer who was far down, or not in the list at all, suddenly needs someone. */
  bringUp(index: number): void {
    this.risen.unshift(index);
    this.push('inbox:changed', { customerIds: [person(index).id] });
  }

  private order(): number[] {
    const rest = Array.from({ length: this.size }, (_, index) => index).filter(
      (index) => !this.risen.includes(index),
    );
    return [...this.risen, ...rest].slice(0, this.size);
  }

  private delivery(index: number, minutesAgo: number): DeliveryView {
    const someone = person(index);
    const at = minutesBefore(this.clock(), minutesAgo);
    return {
      deliveryId: `dlv_${index}_${this.deliveries.length}`,
      decisionId: `dec_${index}_0`,
      customerId: someone.id,
      displayName: someone.name,
      channel: 'email',
      to: someone.email,
      subject: 'Your parcel goes express, at no cost',
      text: 'I am sorry your parcel is late. We have moved it to express at no cost.\n\nIt reaches you tomorrow before noon.',
      state: index === 3 ? 'skipped' : 'held',
      detail: index === 3 ? 'skipped: consent for e-mail was withdrawn' : 'not sent: no SMTP_URL',
      unanswered: 0,
      createdAt: at,
      updatedAt: at,
    };
  }

  private indexOf(customerId: string): number | null {
    const match = /^cus_(\d{4})$/.exec(customerId);
    return match === null ? null : Number(match[1]);
  }
}
