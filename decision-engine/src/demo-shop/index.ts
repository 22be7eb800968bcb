export { DEMO_ACTIONS } from './demo-actions.js';
export type { DemoEvent } from './demo-event.js';
export { DEMO_POLICIES } from './demo-policies.js';
export { type DemoShopOptions, generateDemoEvents } from './generate-demo-events.js';
export {
  type LiveDemoOptions,
  type LiveDemoResult,
  type LiveLog,
  startLiveDemo,
} from './live/start-live-demo.js';
