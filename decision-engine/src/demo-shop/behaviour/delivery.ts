import { clamp } from '../chance/squash.js';
import { DAY, HOUR, MINUTE } from '../world/local-time.js';
import { afterDelivery } from './after-delivery.js';
import { converse } from './conversation.js';
import { track } from './emit.js';
import type { BasketLine, Life, Scene } from './life.js';

type Parcel = { readonly orderId: string; readonly lines: readonly BasketLine[]; readonly promised: number };

export type Shipment = {
  readonly orderId: string;
  readonly lines: readonly BasketLine[];
  readonly arrives?: 'late';
};

/** Plans the parcel's way: shipped, perhaps delayed, delivered, and what comes after. */
export function deliver(life: Life, { orderId, lines, arrives: fate }: Shipment): void {
  const { draws } = life;
  const ordered = life.cursor;
  const parcel: Parcel = { orderId, lines, promised: ordered + 3 * DAY };
  const december = new Date(ordered).getUTCMonth() === 11;
  const late = draws.chance(december ? 0.2 : 0.1) || fate === 'late';
  const shipped = ordered + (0.4 + draws.uniform()) * DAY;
  const arrives = late
    ? parcel.promised + (1.5 + draws.wait(2.5)) * DAY
    : parcel.promised - draws.uniform() * DAY;
  life.agenda.push({ at: shipped, play: () => ship(life, parcel) });
  if (late) life.agenda.push({ at: parcel.promised - 0.4 * DAY, play: () => delay(life, parcel, arrives) });
  life.agenda.push({ at: arrives, play: () => arrive(life, parcel, late) });
}

const iso = (at: number): string => new Date(at).toISOString();

function* ship(life: Life, parcel: Parcel): Scene {
  yield track(life, {
    from: 'server',
    at: life.cursor,
    event: 'Order Shipped',
    properties: { order_id: parcel.orderId, carrier: 'Northway', estimated_delivery: iso(parcel.promised) },
  });
}

/** A new, later date; told once, and it may slip again without a word. */
function* delay(life: Life, parcel: Omit<Parcel, 'lines'>, arrives: number): Scene {
  const told = life.draws.chance(0.7) ? arrives + 3 * HOUR : arrives - DAY;
  life.lateParcels += 1;
  yield track(life, {
    from: 'server',
    at: life.cursor,
    event: 'Delivery Delayed',
    properties: {
      order_id: parcel.orderId,
      previous_estimate: iso(parcel.promised),
      estimated_delivery: iso(Math.max(told, parcel.promised + DAY)),
      reason: 'carrier',
    },
  });
  if (life.leftAt !== undefined) return;
  life.mood = clamp(life.mood - 0.3, -1, 1);
  life.engagement = clamp(life.engagement - 0.1, 0.2, 1.3);
  if (!life.draws.chance(0.5 - 0.25 * life.customer.patience)) return;
  const at = parcel.promised + life.draws.wait(DAY);
  life.agenda.push({
    at,
    play: () => converse(life, { topic: 'late_parcel', at: life.cursor + MINUTE, orderId: parcel.orderId }),
  });
}

function* arrive(life: Life, parcel: Parcel, late: boolean): Scene {
  if (late) {
    life.lateParcels = Math.max(0, life.lateParcels - 1);
    life.lateUntil = life.cursor + 14 * DAY;
  }
  yield track(life, {
    from: 'server',
    at: life.cursor,
    event: 'Order Delivered',
    properties: {
      order_id: parcel.orderId,
      days_late: late ? Math.ceil((life.cursor - parcel.promised) / DAY) : 0,
    },
  });
  if (life.leftAt === undefined) afterDelivery(life, parcel.orderId, parcel.lines);
}
