import { createHash } from 'node:crypto';
import { FEATURE_SET } from '../features/feature-set.js';
import { CANDIDATE_CATEGORIES, CANDIDATE_COLUMNS } from './candidate-columns.js';

/** Raised when the meaning of a candidate column changes. */
const CANDIDATE_VERSION = 1;

/** Names all definitions a propensity model reads: the customer's features and those of the candidate. */
export const PROPENSITY_FEATURES_HASH: string = createHash('sha256')
  .update(
    JSON.stringify([
      FEATURE_SET.hash,
      CANDIDATE_VERSION,
      CANDIDATE_COLUMNS.map(({ name, unit }) => [name, unit]),
      CANDIDATE_CATEGORIES,
    ]),
  )
  .digest('hex');
