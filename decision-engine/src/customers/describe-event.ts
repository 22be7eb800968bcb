import type { JsonObject, JsonValue, SegueEvent } from '@segue/models';
import { OWN_EVENTS } from './own-events.js';

export type EventWords = { readonly title: string; readonly detail: string };

function text(properties: JsonObject, ...keys: readonly string[]): string {
  for (const key of keys) {
    const value = properties[key];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return '';
}

function money(properties: JsonObject, ...keys: readonly string[]): string {
  const amount = keys.map((key) => properties[key]).find((value) => typeof value === 'number');
  if (typeof amount !== 'number') return '';
  const currency = text(properties, 'currency');
  if (!/^[A-Z]{3}$/.test(currency)) return amount.toFixed(2);
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount);
}

function listed(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function productNames(properties: JsonObject): string {
  const names = listed(properties['products']).flatMap((product) => {
    if (typeof product !== 'object' || product === null || Array.isArray(product)) return [];
    const name = (product as JsonObject)['name'];
    return typeof name === 'string' ? [name] : [];
  });
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.slice(0, 3).join(', ') + more;
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

const PRODUCT_VERBS: Readonly<Record<string, string>> = {
  'Product Viewed': 'Looked at',
  'Product Clicked': 'Clicked on',
  'Product Added': 'Put in the basket:',
  'Product Removed': 'Took out of the basket:',
  'Product Added to Wishlist': 'Put on the wishlist:',
  'Product Shared': 'Shared',
  'Product Reviewed': 'Reviewed',
};

const MESSAGES = new Set(['Live Chat Message Sent', 'Live Chat Message Received']);

function describeTrack(name: string, properties: JsonObject): EventWords {
  const verb = PRODUCT_VERBS[name];
  if (verb !== undefined) {
    return {
      title: `${verb} ${text(properties, 'name', 'sku', 'product_id') || 'a product'}`,
      detail: join(money(properties, 'price'), text(properties, 'category')),
    };
  }
  if (name === 'Order Completed') {
    const total = money(properties, 'total', 'revenue');
    return { title: total === '' ? 'Ordered' : `Ordered for ${total}`, detail: productNames(properties) };
  }
  if (name === 'Products Searched')
    return { title: `Searched for “${text(properties, 'query')}”`, detail: '' };
  if (name === 'Live Chat Conversation Started') {
    return { title: 'Wrote to support', detail: text(properties, 'topic').replaceAll(/[_-]/g, ' ') };
  }
  if (name === OWN_EVENTS.segmentEntered || name === OWN_EVENTS.segmentLeft) {
    const verb = name === OWN_EVENTS.segmentEntered ? 'Came into' : 'Left';
    return { title: `${verb} the segment “${text(properties, 'name', 'segment_id')}”`, detail: '' };
  }
  if (name === OWN_EVENTS.listJoined || name === OWN_EVENTS.listLeft) {
    const done = name === OWN_EVENTS.listJoined ? 'Put on' : 'Taken off';
    return { title: `${done} the list “${text(properties, 'list')}”`, detail: '' };
  }
  if (MESSAGES.has(name)) {
    const byAgent = name === 'Live Chat Message Received';
    return {
      title: byAgent ? 'Support answered' : 'Wrote a message',
      detail: text(properties, 'message_body', 'message', 'text'),
    };
  }
  return {
    title: name.charAt(0).toUpperCase() + name.slice(1).toLowerCase(),
    detail: join(
      text(properties, 'order_id'),
      money(properties, 'total', 'value'),
      text(properties, 'reason', 'topic'),
    ),
  };
}

/** An event in a few words, for a person's timeline. */
export function describeEvent(
  event: Pick<SegueEvent, 'type' | 'name' | 'properties' | 'context'>,
): EventWords {
  switch (event.type) {
    case 'track':
      return describeTrack(event.name, event.properties);
    case 'page':
    case 'screen': {
      const where = event.name || text(event.properties, 'title', 'path', 'url');
      return {
        title: where === '' ? 'Visited a page' : `Visited ${where}`,
        detail: text(event.properties, 'path', 'url'),
      };
    }
    case 'identify':
      return { title: 'Told who they are', detail: Object.keys(event.properties).slice(0, 6).join(', ') };
    case 'group':
      return { title: 'Joined a group', detail: text(event.properties, 'name') };
    case 'alias':
      return { title: 'Two identities became one', detail: '' };
  }
}
