const arrays = { Float64Array, Float32Array, Int32Array, Uint8Array, Uint16Array, Uint32Array } as const;

/** Plain data with typed arrays as text; `deserialize` gives it back. */
export const serialize = (state: unknown): string =>
  JSON.stringify(state, (_, value) =>
    ArrayBuffer.isView(value)
      ? {
          $array: value.constructor.name,
          base64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"),
        }
      : value,
  );

/** Reads what `serialize` wrote. */
export const deserialize = (text: string): unknown =>
  JSON.parse(text, (_, value) => {
    if (typeof value !== "object" || value === null || typeof value.$array !== "string") return value;
    return new arrays[value.$array as keyof typeof arrays](Uint8Array.from(Buffer.from(value.base64, "base64")).buffer);
  });
