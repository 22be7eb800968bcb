export { DEMO_CATALOGUE } from './demo-catalogue.js';
export type { DemoEvent } from './demo-event.js';
export { type DemoShopOptions, generateDemoEvents } from './generate-demo-events.js';
