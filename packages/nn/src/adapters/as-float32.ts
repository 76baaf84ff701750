import { AthanorError, float32, type Tensor } from "@athanor/core";

/**
 * The same numbers as float32.
 *
 * @throws `nn/element-type` for tensors that hold no floating-point numbers
 */
export function asFloat32({ dtype, data, shape }: Tensor): Tensor<"float32"> {
  if (dtype === "float32") return float32(data as Float32Array, shape);
  if (dtype === "float64") return float32(Float32Array.from(data as Float64Array), shape);
  if (dtype === "bfloat16") {
    // The upper half of a float32's bits.
    const bits = Uint32Array.from(data as Uint16Array, (half) => half << 16);
    return float32(new Float32Array(bits.buffer), shape);
  }
  if (dtype === "float16") return float32(Float32Array.from(data as Uint16Array, halfValue), shape);
  throw new AthanorError("nn/element-type", `asFloat32: expected floating-point numbers, got ${dtype}`, {
    details: { dtype },
  });
}

/** One bit of sign, five of exponent, ten of fraction. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
