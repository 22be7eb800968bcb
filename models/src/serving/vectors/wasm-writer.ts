/** Instructions in WebAssembly's binary format. */
export type Code = readonly number[];

export type WasmFunction = {
  readonly name: string;
  /** Number of parameters, all i32; nothing is returned. */
  readonly parameters: number;
  readonly locals: { readonly i32: number; readonly v128: number };
  readonly body: Code;
};

const I32 = 0x7f;
const V128 = 0x7b;

/** A module of functions that work on one memory, imported as `env.memory`. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array {
  const types = functions.map(({ parameters }) => [0x60, ...vector(fill(parameters, [I32])), 0x00]);
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const declared = [
      [...unsigned(locals.i32), I32],
      [...unsigned(locals.v128), V128],
    ];
    const bytes = [...vector(declared), ...body, 0x0b];
    return [...unsigned(bytes.length), ...bytes];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [[...text('env'), ...text('memory'), 0x02, 0x00, 0x01]]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(7, exported),
    ...section(10, bodies),
  ]);
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const constant = (value: number): Code => [0x41, ...signed(value)];
export const ADD: Code = [0x6a];

/** `local = local + amount`. */
export const advance = (local: number, amount: Code): Code => [
  ...get(local),
  ...amount,
  ...ADD,
  ...set(local),
];

/** Runs `body` as often as `counter` says, which is 0 afterwards. */
export const times = (counter: number, body: Code): Code => [
  ...[0x02, 0x40, ...get(counter), 0x45, 0x0d, 0x00],
  ...[0x03, 0x40, ...body, ...advance(counter, constant(-1)), ...get(counter), 0x0d, 0x00, 0x0b],
  0x0b,
];

/** All take the address from the stack; offsets are in bytes. */
export const loadI32 = (offset: number): Code => [0x28, 0x02, ...unsigned(offset)];
export const loadVector = (offset: number): Code => simd(0, 0x02, ...unsigned(offset));
/** Four times the number at the address. */
export const loadSplat = (offset: number): Code => simd(9, 0x02, ...unsigned(offset));
/** Takes the vector from the stack too. */
export const storeVector = (offset: number): Code => simd(11, 0x02, ...unsigned(offset));

/** On four 32-bit floats each; `ABOVE` of `a` and `b` is `b` where `a < b`, else `a`. */
export const ZEROS: Code = simd(12, ...new Array<number>(16).fill(0));
export const VECTOR_ADD: Code = simd(228);
export const VECTOR_SUBTRACT: Code = simd(229);
export const VECTOR_MULTIPLY: Code = simd(230);
export const VECTOR_ABOVE: Code = simd(235);

function simd(instruction: number, ...rest: readonly number[]): Code {
  return [0xfd, ...unsigned(instruction), ...rest];
}

function section(id: number, items: readonly Code[]): Code {
  const bytes = vector(items);
  return [id, ...unsigned(bytes.length), ...bytes];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(name: string): Code {
  return vector([...new TextEncoder().encode(name)].map((byte) => [byte]));
}

function fill(count: number, code: Code): Code[] {
  return new Array<Code>(count).fill(code);
}

/** LEB128. */
function unsigned(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
