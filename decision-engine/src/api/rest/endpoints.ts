import { catalogueEndpoints } from './catalogue-endpoints.js';
import { customerEndpoints } from './customer-endpoints.js';
import { decisionEndpoints } from './decision-endpoints.js';
import type { Endpoint } from './endpoint.js';
import { eventEndpoints } from './event-endpoints.js';
import { journeyEndpoints } from './journey-endpoints.js';
import { measureEndpoints } from './measure-endpoints.js';
import { mergeEndpoints } from './merge-endpoints.js';
import { modelEndpoints } from './model-endpoints.js';
import { placementEndpoints } from './placement-endpoints.js';
import { privacyEndpoints } from './privacy-endpoints.js';
import { pushEndpoints } from './push-endpoints.js';
import { segmentEndpoints } from './segment-endpoints.js';
import { simulationEndpoints } from './simulation-endpoints.js';

/** The whole REST API. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...eventEndpoints,
  ...pushEndpoints,
  ...decisionEndpoints,
  ...placementEndpoints,
  ...customerEndpoints,
  ...mergeEndpoints,
  ...catalogueEndpoints,
  ...simulationEndpoints,
  ...privacyEndpoints,
  ...journeyEndpoints,
  ...segmentEndpoints,
  ...modelEndpoints,
  ...measureEndpoints,
];
