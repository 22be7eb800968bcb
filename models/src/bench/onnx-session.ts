import { createRequire } from 'node:module';
import { z } from 'zod';

// Only the bench needs it, so it is installed in a folder of its own and not with the product.
const BENCH_PACKAGE = new URL('../../bench/package.json', import.meta.url);

/** What the bench uses of onnxruntime-node. */
type OnnxRuntime = {
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: { readonly intraOpNumThreads: number; readonly interOpNumThreads: number },
    ): Promise<{ run(feeds: Record<string, unknown>): Promise<Record<string, unknown>> }>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown;
};

const outputsSchema = z.object({ outputs: z.object({ data: z.instanceof(Float32Array) }) });

/** Runs an ONNX model on rows of inputs. */
export type OnnxSession = (inputs: Float32Array, rows: number) => Promise<Float32Array>;

/** @throws Error that says how to install it where it is missing */
export async function openOnnxSession(model: Uint8Array, threads: number): Promise<OnnxSession> {
  let runtime: OnnxRuntime;
  try {
    runtime = createRequire(BENCH_PACKAGE)('onnxruntime-node') as OnnxRuntime;
  } catch (error) {
    throw new Error(
      `onnxruntime-node is not installed (npm ci --ignore-scripts --prefix models/bench installs it): ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
    );
  }
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  return async (inputs, rows) => {
    const tensor = new runtime.Tensor('float32', inputs, [rows, inputs.length / rows]);
    return outputsSchema.parse(await session.run({ inputs: tensor })).outputs.data;
  };
}
