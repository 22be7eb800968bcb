import { ago, count, money, percent, type ReasonFacts, some, type Theme } from './facts.js';

const WINDOWS = [7, 30, 90, 365];

/** Words for what and when the customer buys. */
export const BUYING_THEMES: readonly Theme[] = [
  {
    lead: 'days_since_order',
    features: [
      'days_since_order',
      'gap_overdue_ratio',
      'order_quiet_score',
      'order_life_share',
      'days_since_active',
    ],
    say: sayRecency,
  },
  {
    lead: 'orders_90d',
    features: [
      ...WINDOWS.flatMap((days) => [`orders_${days}d`, `order_days_${days}d`]),
      'orders_total',
      'order_months_365d',
      'order_days_faded_30d',
      'order_days_faded_120d',
      'order_rate_score',
    ],
    say: ({ value }) => {
      const total = value('orders_total') ?? 0;
      if (total === 0) {
        return 'No order yet';
      }
      return total === 1
        ? 'Only one order so far'
        : `${some(value('orders_90d') ?? 0, 'order')} in the last 90 days, ${Math.round(total)} in all`;
    },
  },
  {
    lead: 'gap_mean',
    features: ['gap_mean', 'gap_spread', 'gap_last', 'gap_longest', 'gap_regularity'],
    say: ({ value }) => {
      const gap = value('gap_mean');
      if (gap === null) {
        return 'Too few orders to know a usual gap';
      }
      const regular = (value('gap_regularity') ?? 1) < 0.5;
      return `${regular ? 'Orders regularly, about' : 'Orders'} every ${count(Math.max(1, gap), 'day')}${regular ? '' : ' on average'}`;
    },
  },
  {
    lead: 'spend_365d',
    features: [
      ...WINDOWS.map((days) => `spend_${days}d`),
      'spend_total',
      'order_value_mean',
      'order_value_last',
      'order_value_last_to_mean',
    ],
    say: ({ value }) => {
      const mean = value('order_value_mean');
      return mean === null
        ? 'Nothing spent yet'
        : `Spent ${money(value('spend_365d') ?? 0)} in the last year, ${money(mean)} per order`;
    },
  },
  {
    lead: 'products_distinct',
    features: ['products_distinct', 'lines_per_order', 'items_per_order', 'product_repeat_share'],
    say: ({ value }) => {
      const lines = value('lines_per_order');
      return lines === null ? undefined : `Buys ${count(Math.max(1, lines), 'different product')} per order`;
    },
  },
  {
    lead: 'tenure_days',
    features: ['tenure_days', 'days_since_first_order', 'identified_days'],
    say: ({ value }) => {
      const customer = value('days_since_first_order');
      const known = value('tenure_days');
      if (customer !== null) {
        return `Customer for ${count(customer, 'day')}`;
      }
      return known === null ? undefined : `Known for ${count(known, 'day')}, without an order`;
    },
  },
  {
    lead: 'return_rate',
    features: ['return_rate', 'return_value_share', 'returns_90d', 'days_since_return'],
    say: ({ value }) => {
      const rate = value('return_rate');
      if (rate === null) {
        return undefined;
      }
      return rate === 0 ? 'Has returned nothing' : `Returns come to ${percent(rate)} of the orders`;
    },
  },
  {
    lead: 'discount_order_share',
    features: ['discount_share', 'discount_order_share', 'coupon_order_share', 'price_sort_share'],
    say: ({ value }) => {
      const share = value('discount_order_share');
      if (share === null) {
        return undefined;
      }
      return share === 0 ? 'Buys at full price' : `${percent(share)} of the orders had a discount`;
    },
  },
  {
    lead: 'parcels_late',
    features: ['parcels_late', 'parcels_awaited', 'parcels_delayed_90d', 'days_since_delivery'],
    say: ({ value }) => {
      const late = value('parcels_late') ?? 0;
      if (late > 0) {
        return late === 1 ? 'A parcel is late' : `${Math.round(late)} parcels are late`;
      }
      const delayed = value('parcels_delayed_90d') ?? 0;
      if (delayed > 0) {
        return `${count(delayed, 'parcel was', 'parcels were')} late in the last 90 days`;
      }
      const arrived = value('days_since_delivery');
      return arrived === null ? undefined : `Last parcel arrived ${ago(arrived)}`;
    },
  },
];

function sayRecency({ value }: ReasonFacts): string {
  const days = value('days_since_order');
  if (days === null) {
    return 'No order yet';
  }
  const gap = value('gap_mean');
  if (gap === null) {
    const only = (value('orders_total') ?? 1) <= 1 ? '; only one order so far' : '';
    return days < 14
      ? `Ordered ${ago(days)}${only}`
      : `No order for ${count(Math.floor(days), 'day')}${only}`;
  }
  const usual = `usual gap is ${count(Math.max(1, gap), 'day')}`;
  return days <= gap
    ? `Ordered ${ago(days)}; ${usual}`
    : `No order for ${count(Math.floor(days), 'day')}; usual gap is ${Math.max(1, Math.round(gap))}`;
}
