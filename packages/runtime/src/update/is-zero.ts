/** True when all numbers are zero, and none is a negative zero. */
export function isZero({ buffer, byteOffset, length }: Float32Array): boolean {
  const bits = new Uint32Array(buffer, byteOffset, length);
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) return false;
  return true;
}
