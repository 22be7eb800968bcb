import {
  ADD,
  advance,
  type Code,
  constant,
  get,
  loadI32,
  loadSplat,
  loadVector,
  set,
  storeVector,
  times,
  VECTOR_ABOVE,
  VECTOR_ADD,
  VECTOR_MULTIPLY,
  VECTOR_SUBTRACT,
  type WasmFunction,
  wasmModule,
  ZEROS,
} from './wasm-writer.js';

/** Vectors of four numbers that one call works on; as many sums stay in registers. */
export const MOST_VECTORS = 8;
export const VECTOR_BYTES = 16;
/** Bytes of a term: the address of a row (i32) and how far to go towards the row after it (f32). */
export const TERM_BYTES = 8;

/** All numbers are addresses or counts of bytes, but for `count`, `inputs` and `rows`. */
export type VectorProgram = {
  /**
   * Sums of terms, for each of `rows`: `out = start + sum of (row + fraction * (next row - row))` over `count` terms.
   * Rows are `stride` apart, in the table as in `out`; `column` is added to every address but that of the terms.
   */
  readonly gather: Kernel<
    [terms: number, count: number, rows: number, start: number, out: number, stride: number, column: number]
  >;
  /** A dense layer for each of `rows`: `out = start + sum of max(0, x) * weights` over `inputs` numbers `x`. */
  readonly dense: Kernel<
    [
      x: number,
      xStride: number,
      inputs: number,
      weights: number,
      start: number,
      startStride: number,
      out: number,
      outStride: number,
      rows: number,
    ]
  >;
};

/** By the number of vectors of a row, 1 to {@link MOST_VECTORS}; at 0 there is none. */
type Kernel<Parameters extends number[]> = readonly (((...parameters: Parameters) => void) | undefined)[];

export type VectorMemory = { readonly buffer: ArrayBuffer };

// As much of the standard interface as is used: Node's types don't have it.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => VectorMemory;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory: VectorMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
};

const PAGE = 65_536;
let compiled: object | undefined;

/** The kernels on a memory of their own, all zeros. @throws Error where the processor has no 128-bit vectors */
export function vectorProgram(bytes: number): {
  readonly program: VectorProgram;
  readonly buffer: ArrayBuffer;
} {
  compiled ??= new WebAssembly.Module(wasmModule(sizes().flatMap((size) => [gather(size), dense(size)])));
  const pages = Math.ceil(bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = (name: string) => [undefined, ...sizes().map((size) => exports[`${name}${size}`])];
  return {
    program: {
      gather: kernels('gather') as VectorProgram['gather'],
      dense: kernels('dense') as VectorProgram['dense'],
    },
    buffer: memory.buffer,
  };
}

function sizes(): number[] {
  return Array.from({ length: MOST_VECTORS }, (_, index) => index + 1);
}

function each(vectors: number, code: (vector: number) => Code): Code {
  return Array.from({ length: vectors }, (_, vector) => code(vector)).flat();
}

function gather(vectors: number): WasmFunction {
  const [terms, count, rows, start, out, stride, column] = [0, 1, 2, 3, 4, 5, 6];
  const [left, row, next] = [7, 8, 9];
  const [fraction, value, sums] = [10, 11, 12];
  const term: Code = [
    ...[...get(terms), ...loadI32(0), ...get(column), ...ADD, ...set(row)],
    ...[...get(row), ...get(stride), ...ADD, ...set(next)],
    ...[...get(terms), ...loadSplat(4), ...set(fraction)],
    ...each(vectors, (vector) => [
      ...[...get(row), ...loadVector(vector * VECTOR_BYTES), ...set(value)],
      ...[...get(sums + vector), ...get(value), ...VECTOR_ADD],
      ...[...get(next), ...loadVector(vector * VECTOR_BYTES), ...get(value), ...VECTOR_SUBTRACT],
      ...[...get(fraction), ...VECTOR_MULTIPLY, ...VECTOR_ADD, ...set(sums + vector)],
    ]),
    ...advance(terms, constant(TERM_BYTES)),
  ];
  return {
    name: `gather${vectors}`,
    parameters: 7,
    locals: { i32: 3, v128: 2 + vectors },
    body: [
      ...[...get(start), ...get(column), ...ADD, ...set(start)],
      ...[...get(out), ...get(column), ...ADD, ...set(out)],
      ...times(rows, [
        ...each(vectors, (vector) => [
          ...[...get(start), ...loadVector(vector * VECTOR_BYTES), ...set(sums + vector)],
        ]),
        ...[...get(count), ...set(left)],
        ...times(left, term),
        ...each(vectors, (vector) => [
          ...[...get(out), ...get(sums + vector), ...storeVector(vector * VECTOR_BYTES)],
        ]),
        ...advance(out, get(stride)),
      ]),
    ],
  };
}

function dense(vectors: number): WasmFunction {
  const [x, xStride, inputs, weights, start, startStride, out, outStride, rows] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const [left, from, weight] = [9, 10, 11];
  const [value, sums] = [12, 13];
  return {
    name: `dense${vectors}`,
    parameters: 9,
    locals: { i32: 3, v128: 1 + vectors },
    body: times(rows, [
      ...each(vectors, (vector) => [
        ...[...get(start), ...loadVector(vector * VECTOR_BYTES), ...set(sums + vector)],
      ]),
      ...[...get(x), ...set(from), ...get(weights), ...set(weight), ...get(inputs), ...set(left)],
      ...times(left, [
        ...[...get(from), ...loadSplat(0), ...ZEROS, ...VECTOR_ABOVE, ...set(value)],
        ...each(vectors, (vector) => [
          ...[...get(sums + vector), ...get(value), ...get(weight), ...loadVector(vector * VECTOR_BYTES)],
          ...[...VECTOR_MULTIPLY, ...VECTOR_ADD, ...set(sums + vector)],
        ]),
        ...advance(from, constant(4)),
        ...advance(weight, constant(vectors * VECTOR_BYTES)),
      ]),
      ...each(vectors, (vector) => [
        ...[...get(out), ...get(sums + vector), ...storeVector(vector * VECTOR_BYTES)],
      ]),
      ...advance(x, get(xStride)),
      ...advance(start, get(startStride)),
      ...advance(out, get(outStride)),
    ]),
  };
}
