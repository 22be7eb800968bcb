export { type RunningStore, readRunningStore } from './read-running-store.js';
export { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from './start-embedded-mongo.js';
