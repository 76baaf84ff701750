const encoder = new TextEncoder();

/** Builds a message field by field; fields are written in the order of the calls. */
export class MessageWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  #push(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }

  int(number: number, value: number | bigint): this {
    this.#push(varintBytes(number * 8));
    this.#push(varintBytes(value));
    return this;
  }

  float(number: number, value: number): this {
    this.#push(varintBytes(number * 8 + 5));
    this.#push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(number: number, value: Uint8Array): this {
    this.#push(varintBytes(number * 8 + 2));
    this.#push(varintBytes(value.length));
    this.#push(value);
    return this;
  }

  /** Writes a text; an empty one is left out unless it is an item of a list. */
  text(number: number, value: string, { isItem = false }: { readonly isItem?: boolean } = {}): this {
    return value === "" && !isItem ? this : this.bytes(number, encoder.encode(value));
  }

  message(number: number, write: (writer: MessageWriter) => void): this {
    const inner = new MessageWriter();
    write(inner);
    this.#push(varintBytes(number * 8 + 2));
    this.#push(varintBytes(inner.#length));
    for (const part of inner.#parts) this.#push(part);
    return this;
  }

  /** Appends bytes that are encoded already. */
  raw(fields: Uint8Array): this {
    this.#push(fields);
    return this;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function varintBytes(value: number | bigint): Uint8Array {
  if (typeof value === "number" && value >= 0 && value < 2 ** 31) {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
    return Uint8Array.from(bytes);
  }
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
