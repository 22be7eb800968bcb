import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { CustomerHistory, JsonObject, SegueEvent } from '../events/segue-event.js';
import type { ActionFacts } from '../propensity/candidate.js';
import { dataFile } from './online-retail.js';

/** The folder of the Complete Journey tables; undefined where it is missing. */
export const COMPLETE_JOURNEY_FOLDER =
  dataFile('complete-journey/campaigns.csv.gz') === undefined ? undefined : dataFile('complete-journey');

type Row = Readonly<Record<string, string>>;

/**
 * The groceries as a shop's events: baskets as orders, a campaign a household got as an action shown at its start, a
 * redeemed coupon as an acceptance. A product's category is the coupon that covers it most narrowly, and an action is
 * about the coupons it carries.
 */
export async function completeJourney(
  folder: string,
): Promise<{ readonly histories: CustomerHistory[]; readonly actions: ActionFacts[] }> {
  const events = new Map<string, SegueEvent[]>();
  const add = (household: string, event: SegueEvent) => {
    const known = events.get(household) ?? [];
    events.set(household, known);
    known.push(event);
  };
  const campaigns = new Map<string, { group: string; start: string }>();
  for await (const row of rowsOf(folder, 'campaign_descriptions')) {
    campaigns.set(field(row, 'campaign_id'), {
      group: field(row, 'campaign_type'),
      start: field(row, 'start_date'),
    });
  }
  const { categoryOf, actions } = await coupons(folder);
  for await (const row of rowsOf(folder, 'campaigns')) {
    const id = field(row, 'campaign_id');
    const campaign = campaigns.get(id);
    if (campaign !== undefined) {
      add(
        field(row, 'household_id'),
        outcome('Action Shown', row, { id, group: campaign.group, date: campaign.start }),
      );
    }
  }
  for await (const row of rowsOf(folder, 'coupon_redemptions')) {
    const id = field(row, 'campaign_id');
    const group = campaigns.get(id)?.group ?? '';
    add(
      field(row, 'household_id'),
      outcome('Action Accepted', row, { id, group, date: field(row, 'redemption_date') }),
    );
  }
  for (const { household, event } of await baskets(folder, categoryOf)) {
    add(household, event);
  }
  const histories = [...events].map(([customerId, list]) => ({
    customerId,
    events: list.sort((a, b) => a.timestamp.getTime() - b.timestamp.getTime()),
  }));
  return { histories, actions };
}

async function coupons(folder: string) {
  const products = new Map<string, string[]>();
  const ofCampaign = new Map<string, Set<string>>();
  for await (const row of rowsOf(folder, 'coupons')) {
    const coupon = field(row, 'coupon_upc');
    const campaign = field(row, 'campaign_id');
    products.set(coupon, [...(products.get(coupon) ?? []), field(row, 'product_id')]);
    ofCampaign.set(campaign, (ofCampaign.get(campaign) ?? new Set()).add(coupon));
  }
  const categoryOf = new Map<string, string>();
  for (const [coupon, covered] of [...products].sort((a, b) => b[1].length - a[1].length)) {
    for (const product of covered) {
      categoryOf.set(product, coupon);
    }
  }
  const actions = [...ofCampaign].map(([campaign, tags]) => ({
    actionId: `campaign-${campaign}`,
    tags: [...tags],
  }));
  return { categoryOf, actions };
}

async function baskets(folder: string, categoryOf: ReadonlyMap<string, string>) {
  const baskets = new Map<string, Row[]>();
  for await (const row of rowsOf(folder, 'transactions_sample')) {
    const key = `${field(row, 'household_id')} ${field(row, 'basket_id')}`;
    baskets.set(key, [...(baskets.get(key) ?? []), row]);
  }
  const sum = (rows: readonly Row[], name: string) =>
    rows.reduce((total, row) => total + Number(field(row, name)), 0);
  return [...baskets].flatMap(([key, rows]) => {
    const first = rows[0];
    if (first === undefined) {
      return [];
    }
    const coupon = sum(rows, 'coupon_disc');
    const properties: JsonObject = {
      order_id: field(first, 'basket_id'),
      revenue: sum(rows, 'sales_value'),
      discount: sum(rows, 'retail_disc') + coupon + sum(rows, 'coupon_match_disc'),
      ...(coupon > 0 ? { coupon: 'coupon' } : {}),
      products: rows.map((row) => ({
        product_id: field(row, 'product_id'),
        quantity: Number(field(row, 'quantity')),
        ...(categoryOf.has(field(row, 'product_id'))
          ? { category: categoryOf.get(field(row, 'product_id')) ?? '' }
          : {}),
      })),
    };
    const timestamp = new Date(field(first, 'transaction_timestamp'));
    const event = {
      messageId: `basket ${key}`,
      type: 'track',
      name: 'Order Completed',
      timestamp,
      properties,
      context: {},
    } as const;
    return [{ household: field(first, 'household_id'), event }];
  });
}

function outcome(
  name: string,
  row: Row,
  campaign: { readonly id: string; readonly group: string; readonly date: string },
): SegueEvent {
  const decision = `campaign-${campaign.id}-${field(row, 'household_id')}`;
  return {
    messageId: `${name} ${decision} ${campaign.date} ${row['coupon_upc'] ?? ''}`,
    type: 'track',
    name,
    // A campaign reaches people in the morning; a coupon is redeemed in the course of the day.
    timestamp: new Date(`${campaign.date}T${name === 'Action Shown' ? '00' : '12'}:00:00Z`),
    properties: {
      decision_id: decision,
      action_id: `campaign-${campaign.id}`,
      group_id: campaign.group,
      treatment_id: campaign.group,
      channel: 'mail',
    },
    context: {},
  };
}

function rowsOf(folder: string, table: string): AsyncIterable<Row> {
  return createReadStream(join(folder, `${table}.csv.gz`))
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
}

function field(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined) {
    throw new Error(`Expected a column "${name}", got ${Object.keys(row).join(', ')}`);
  }
  return value;
}
