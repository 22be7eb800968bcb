import type { Meaning } from '../design/meaning';
import type { DeliveryView } from '../engine/engine-types';

/** Where a message stands, in one or two words. */
export function deliveryWords(state: DeliveryView['state']): string {
  switch (state) {
    case 'pending':
      return 'Waiting';
    case 'sending':
      return 'On its way';
    case 'held':
      return 'Held';
    case 'sent':
      return 'Sent';
    case 'delivered':
      return 'Delivered';
    case 'opened':
      return 'Opened';
    case 'failed':
      return 'Failed';
    case 'skipped':
      return 'Not sent';
  }
}

export function deliveryMeaning(state: DeliveryView['state']): Meaning {
  switch (state) {
    case 'pending':
    case 'sending':
      return 'neutral';
    case 'held':
    case 'skipped':
      return 'watch';
    case 'sent':
    case 'delivered':
    case 'opened':
      return 'good';
    case 'failed':
      return 'act';
  }
}
