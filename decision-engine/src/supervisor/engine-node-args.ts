/**
 * What Node is told for the engine. A decision lives for some milliseconds while it waits for the store; with the 16 MB that V8
 * keeps young objects in, much of it is copied again and again before it is dropped. Megabytes.
 */
export const ENGINE_NODE_ARGS = ['--max-semi-space-size=64'] as const;
