import { redeem } from '../calls/offers.js';
import { askPlacement, reportPlacement } from '../calls/placements.js';
import { redeemAnswer, redeemRequest } from '../shapes/offer.js';
import {
  placementAnswer,
  placementOutcomeAnswer,
  placementOutcomeRequest,
  placementRequest,
} from '../shapes/placement.js';
import { type Endpoint, endpoint } from './endpoint.js';

export const placementEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/v1/placements',
    operationId: 'askPlacement',
    tag: 'placements',
    summary: 'Decide what a place of a page shows a visitor',
    scope: 'placements',
    input: placementRequest,
    answer: placementAnswer,
    errors: [],
    twin: 'placement.ask',
    run: askPlacement,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/placements/outcomes',
    operationId: 'reportPlacement',
    tag: 'placements',
    summary: 'Say what a visitor did with what a page showed',
    scope: 'placements',
    input: placementOutcomeRequest,
    answer: placementOutcomeAnswer,
    errors: [],
    twin: 'placement.report',
    run: reportPlacement,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/offers/redeem',
    operationId: 'redeemOffer',
    tag: 'offers',
    summary: "Redeem a customer's offer code with an order, once",
    scope: 'feedback',
    input: redeemRequest,
    answer: redeemAnswer,
    errors: ['unknown_offer_code', 'offer_expired', 'offer_redeemed'],
    twin: 'offers.redeem',
    once: true,
    run: redeem,
  }),
];
