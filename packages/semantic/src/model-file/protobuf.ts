/** One field of a protobuf message: its number, and its bytes or its number. */
export interface ProtobufField {
  readonly number: number;
  /** Content of a length-delimited field; a view, not a copy. */
  readonly bytes?: Uint8Array;
  /** Value of a varint field. */
  readonly value?: number;
}

/** Fields of one message in order. Throws a RangeError when the bytes end early or are no message. */
export function* readFields(message: Uint8Array): Generator<ProtobufField> {
  let position = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message[position++];
      if (byte === undefined) throw new RangeError('the bytes end inside a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number is longer than ten bytes');
  };
  const take = (length: number): Uint8Array => {
    if (position + length > message.length) throw new RangeError('the bytes end inside a field');
    return message.subarray(position, (position += length));
  };
  while (position < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (tag % 8 === 0) yield { number, value: varint() };
    else if (tag % 8 === 2) yield { number, bytes: take(varint()) };
    else if (tag % 8 === 1) yield { number, bytes: take(8) };
    else if (tag % 8 === 5) yield { number, bytes: take(4) };
    else throw new RangeError(`field ${number} has no known wire type`);
  }
}

/** Text of a length-delimited field. */
export function toText(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
}
