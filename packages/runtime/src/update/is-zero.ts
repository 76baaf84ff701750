/** True when all bytes are zero: the first eight are, and each equals the one eight before it. */
export function isZero({ buffer, byteOffset, byteLength }: Float32Array): boolean {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return (
    bytes.subarray(0, 8).every((byte) => byte === 0) &&
    bytes.subarray(8).equals(bytes.subarray(0, Math.max(0, byteLength - 8)))
  );
}
