export * from './channel/index.js';
export * from './email/index.js';
export * from './import/index.js';
export * from './orders/index.js';
export * from './rows/index.js';
export * from './segment/index.js';
export * from './templates/index.js';
