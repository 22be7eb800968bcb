import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients of all operations: the core package alone can't train in Node.
import '@tensorflow/tfjs-layers';

/** `tensorflow` is the native library, `wasm` is WebAssembly with SIMD, `cpu` plain JavaScript. */
export type BackendName = 'tensorflow' | 'wasm' | 'cpu';

export interface Backend {
  readonly name: BackendName;
  /** Why this one: one plain sentence for the log. */
  readonly reason: string;
  /** Version of TensorFlow.js. */
  readonly version: string;
}

export interface LoadBackendOptions {
  /** Tried in this order; the first that starts is used. */
  readonly order?: readonly BackendName[];
}

const DEFAULT_ORDER: readonly BackendName[] = ['tensorflow', 'wasm', 'cpu'];
// A name in a variable keeps the compiler from demanding a package that npm leaves out where it can't be built.
const NATIVE_PACKAGE: string = '@tensorflow/tfjs-node';

let chosen: Promise<Backend> | undefined;

/**
 * Starts TensorFlow.js once per process and says which backend it got: `@tensorflow/tfjs-node` when it loads, WASM
 * SIMD else, plain JavaScript last. This is the only module that imports a backend. Later calls without an order
 * return the first choice; a call with an order chooses anew (for comparing backends).
 */
export function loadBackend(options: LoadBackendOptions = {}): Promise<Backend> {
  if (chosen === undefined || options.order !== undefined) {
    chosen = start(options.order ?? DEFAULT_ORDER);
  }
  return chosen;
}

async function start(order: readonly BackendName[]): Promise<Backend> {
  const refusals: string[] = [];
  for (const name of order) {
    try {
      await starters[name]();
      if (await tf.setBackend(name)) {
        await tf.ready();
        const reason = refusals.length === 0 ? 'first choice' : refusals.join('; ');
        return { name, reason, version: tf.version_core };
      }
      refusals.push(`${name} did not start`);
    } catch (error) {
      refusals.push(`${name} is not available (${firstLine(error)})`);
    }
  }
  throw new Error(`No TensorFlow.js backend could be started: ${refusals.join('; ')}`);
}

const starters: Record<BackendName, () => Promise<void>> = {
  tensorflow: async () => {
    await import(NATIVE_PACKAGE);
  },
  wasm: async () => {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(dirname(entry) + sep);
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
  },
};

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
