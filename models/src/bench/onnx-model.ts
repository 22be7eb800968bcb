import type { MemberNetwork } from '../networks/member-networks.js';
import { ProtobufWriter } from './protobuf-writer.js';

// Field numbers of onnx.proto3; element types and attribute types as it numbers them.
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/**
 * The ensemble as an ONNX file for a runtime to be at its best: one matrix product for the first layer of all members, one
 * batched product for each layer after it. Input `inputs` [rows, inputs], output `outputs` [rows, outputs].
 *
 * @throws Error where members differ in shape
 */
export function onnxModel(members: readonly MemberNetwork[]): Uint8Array {
  const first = members[0]?.denses[0];
  const depth = members[0]?.denses.length ?? 0;
  if (first === undefined || members.some(({ denses }) => denses.length !== depth)) {
    throw new Error(`Expected members of one shape, got ${members.length} of different depths`);
  }
  const { inputs, outputs: hidden } = first;
  const graph = new ProtobufWriter();
  const initializers: ProtobufWriter[] = [];
  const units = members.length * hidden;
  const weights = new Float32Array(inputs * units);
  members.forEach(({ denses }, member) => {
    const dense = denses[0] ?? first;
    for (let input = 0; input < inputs; input += 1) {
      weights.set(
        dense.weights.subarray(input * hidden, (input + 1) * hidden),
        input * units + member * hidden,
      );
    }
  });
  initializers.push(
    tensor('first/weights', [inputs, units], weights),
    tensor(
      'first/bias',
      [units],
      concatenated(members, ({ denses }) => denses[0]?.bias),
    ),
    shape('by-member', [-1, members.length, hidden]),
  );
  graph
    .bytes(1, node('MatMul', ['inputs', 'first/weights'], 'first/product'))
    .bytes(1, node('Add', ['first/product', 'first/bias'], 'first/sum'))
    .bytes(1, node('Relu', ['first/sum'], 'first/state'))
    .bytes(1, node('Reshape', ['first/state', 'by-member'], 'split'))
    .bytes(1, node('Transpose', ['split'], 'state0', [ints('perm', [1, 0, 2])]));
  for (let layer = 1; layer < depth; layer += 1) {
    const { inputs: width = 0, outputs = 0 } = members[0]?.denses[layer] ?? {};
    initializers.push(
      tensor(
        `layer${layer}/weights`,
        [members.length, width, outputs],
        concatenated(members, ({ denses }) => denses[layer]?.weights),
      ),
      tensor(
        `layer${layer}/bias`,
        [members.length, 1, outputs],
        concatenated(members, ({ denses }) => denses[layer]?.bias),
      ),
    );
    const last = layer === depth - 1;
    graph
      .bytes(1, node('MatMul', [`state${layer - 1}`, `layer${layer}/weights`], `layer${layer}/product`))
      .bytes(
        1,
        node('Add', [`layer${layer}/product`, `layer${layer}/bias`], last ? 'members' : `layer${layer}/sum`),
      );
    if (!last) graph.bytes(1, node('Relu', [`layer${layer}/sum`], `state${layer}`));
  }
  graph
    .bytes(1, node('ReduceMean', ['members'], 'outputs', [ints('axes', [0]), int('keepdims', 0)]))
    .bytes(2, 'segue');
  for (const initializer of initializers) graph.bytes(5, initializer);
  graph
    .bytes(11, value('inputs', inputs))
    .bytes(12, value('outputs', members[0]?.denses.at(-1)?.outputs ?? 1));
  const opset = new ProtobufWriter().bytes(1, '').number(2, 13);
  return new ProtobufWriter().number(1, 8).bytes(2, 'segue').bytes(7, graph).bytes(8, opset).finish();
}

function node(
  operation: string,
  inputs: readonly string[],
  ...[output, attributes = []]: [string, (readonly ProtobufWriter[])?]
): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const input of inputs) message.bytes(1, input);
  message.bytes(2, output).bytes(3, output).bytes(4, operation);
  for (const attribute of attributes) message.bytes(5, attribute);
  return message;
}

function int(name: string, number: number): ProtobufWriter {
  return new ProtobufWriter().bytes(1, name).number(3, number).number(20, ATTRIBUTE_INT);
}

function ints(name: string, numbers: readonly number[]): ProtobufWriter {
  const message = new ProtobufWriter().bytes(1, name);
  for (const number of numbers) message.number(8, number);
  return message.number(20, ATTRIBUTE_INTS);
}

function tensor(name: string, dimensions: readonly number[], values: Float32Array): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const size of dimensions) message.number(1, size);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return message.number(2, FLOAT).bytes(8, name).bytes(9, bytes);
}

function shape(name: string, dimensions: readonly number[]): ProtobufWriter {
  const values = BigInt64Array.from(dimensions, BigInt);
  return new ProtobufWriter()
    .number(1, dimensions.length)
    .number(2, INT64)
    .bytes(8, name)
    .bytes(9, new Uint8Array(values.buffer));
}

function value(name: string, width: number): ProtobufWriter {
  const dimensions = new ProtobufWriter()
    .bytes(1, new ProtobufWriter().bytes(2, 'rows'))
    .bytes(1, new ProtobufWriter().number(1, width));
  const type = new ProtobufWriter().bytes(1, new ProtobufWriter().number(1, FLOAT).bytes(2, dimensions));
  return new ProtobufWriter().bytes(1, name).bytes(2, type);
}

function concatenated(
  members: readonly MemberNetwork[],
  part: (member: MemberNetwork) => Float32Array | undefined,
): Float32Array {
  const parts = members.map((member) => part(member) ?? new Float32Array(0));
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of parts) {
    whole.set(values, at);
    at += values.length;
  }
  return whole;
}
