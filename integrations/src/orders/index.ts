export { CDNOW_FORMAT } from './cdnow-format.js';
export { ONLINE_RETAIL } from './online-retail.js';
export {
  describeMappingIssues,
  type OrderMapping,
  type ReadMapping,
  readOrderMapping,
} from './order-mapping.js';
export { createOrderTableFormat, type OrderTableOptions } from './order-table-format.js';
