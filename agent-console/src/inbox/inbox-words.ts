import type { Meaning } from '../design/meaning';
import type { ChurnView, InboxItem } from '../engine/engine-types';

/** The words of a churn band, on every page the same. */
export function bandWords(band: ChurnView['band']): string {
  switch (band) {
    case 'likely':
      return 'Likely to leave';
    case 'watch':
      return 'May leave';
    case 'unlikely':
      return 'Likely to stay';
  }
}

export function bandMeaning(band: ChurnView['band']): Meaning {
  switch (band) {
    case 'likely':
      return 'act';
    case 'watch':
      return 'watch';
    case 'unlikely':
      return 'good';
  }
}

/** What kind of need brings a customer into the inbox, for ears; eyes get a picture and the reason. */
export function kindWords(kind: InboxItem['kind']): string {
  switch (kind) {
    case 'unhappy':
      return 'Unhappy';
    case 'leaving':
      return 'Leaving';
    case 'basket':
      return 'Open basket';
    case 'delivery':
      return 'Delivery';
    case 'active':
      return 'Active now';
  }
}
