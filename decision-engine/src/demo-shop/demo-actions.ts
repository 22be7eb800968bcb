import type { ActionInput } from '../catalogue/action.js';
import { BASKET } from './catalogue/basket.js';
import { CONTENT } from './catalogue/content.js';
import { CROSS_SELL } from './catalogue/cross-sell.js';
import { LOYALTY } from './catalogue/loyalty.js';
import { RETENTION } from './catalogue/retention.js';
import { SERVICE_RECOVERY } from './catalogue/service-recovery.js';

/** The demo shop's actions, as a new installation finds them: 21 in six issues. Parse them with `parseCatalogue`. */
export const DEMO_ACTIONS: readonly ActionInput[] = [
  ...SERVICE_RECOVERY,
  ...RETENTION,
  ...BASKET,
  ...CROSS_SELL,
  ...LOYALTY,
  ...CONTENT,
];
