import type { DELIVERY_STATES } from '../api/shapes/delivery.js';

export type DeliveryState = (typeof DELIVERY_STATES)[number];
