export { DEMO_ACTIONS } from './demo-actions.js';
export { DEMO_POLICIES } from './demo-policies.js';
export { DEMO_SEGMENTS } from './demo-segments.js';
export { generateDemoEvents } from './generate-demo-events.js';
export { startLiveDemo } from './live/start-live-demo.js';
