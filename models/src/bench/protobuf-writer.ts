/** Writes Protocol Buffers messages: as much of the wire format as ONNX files need. */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = [];

  /** A whole number of at least 0 (wire type 0). */
  number(field: number, value: number): this {
    this.parts.push(varint(field * 8), varint(value));
    return this;
  }

  /** Text, bytes or a message within the message (wire type 2). */
  bytes(field: number, value: string | Uint8Array | ProtobufWriter): this {
    const bytes =
      value instanceof ProtobufWriter
        ? value.finish()
        : typeof value === 'string'
          ? new TextEncoder().encode(value)
          : value;
    this.parts.push(varint(field * 8 + 2), varint(bytes.length), bytes);
    return this;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
