import { defineOp, int } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { matrixProduct } from "../rules/matrix-product.ts";

export const matMulNBits = defineOp({
  name: "MatMulNBits",
  domain: "com.microsoft",
  attributes: { K: int(0), N: int(0), accuracy_level: int(0), bits: int(4), block_size: int(128) },
  inputs: [3, 6],
  infer: ({ inputs: [a], attributes: { N } }) => [{ dtype: a!.dtype, shape: a!.shape?.with(-1, N) }],
  // Y = A Wᵀ + b with the rows of W stored by blocks: (whole number − zero point) × scale
  decompose({ g, inputs: [a, b, scales, zeros, , bias], attributes: { K, N, bits, block_size } }) {
    const blocks = Math.ceil(K / block_size);
    const whole = g.reshape(unpacked(g, b!, bits), [N, blocks, block_size]);
    const scale = g.reshape(scales!, [N, blocks, 1]);
    const middle = 2 ** (bits - 1);
    const zero = zeros && g.reshape(zeroPoints(g, zeros, N, blocks, bits, scales!), [N, blocks, 1]);
    const rows = g.mul(
      g.sub(g.cast(whole, scales!.dtype), zero ?? g.constant(middle, scales!.dtype as "float32")),
      scale,
    );
    const flat = g.reshape(rows, [N, blocks * block_size]);
    const cut = [[0], [K], [1]].map((bound) => g.constant(bound, "int64"));
    const weight = blocks * block_size === K ? flat : g.op("Slice", [flat, ...cut]);
    const y = matrixProduct(g, a!, g.cast(weight, a!.dtype), { transB: true });
    return [bias ? g.add(y, bias) : y];
  },
});

/** Whole numbers of a few bits, the lowest of each byte first: `[…, bytes]` → `[…, bytes × 8 / bits]`. */
function unpacked(g: GraphBuilder, bytes: Value, bits: number): Value {
  if (bits === 8) return bytes;
  const count = 8 / bits;
  const mask = g.constant(2 ** bits - 1, "uint8");
  const parts = Array.from({ length: count }, (_, i) => {
    const shifted = i === 0 ? bytes : g.op("BitShift", [bytes, g.constant(i * bits, "uint8")], { direction: "RIGHT" });
    return g.op("Unsqueeze", [g.op("BitwiseAnd", [shifted, mask]), g.constant([-1], "int64")]);
  });
  const shape = bytes.shape as readonly number[];
  return g.reshape(g.concat(parts, -1), [...shape.slice(0, -1), shape.at(-1)! * count]);
}

/** One zero point a block; each row of packed ones starts at a byte. */
function zeroPoints(g: GraphBuilder, zeros: Value, rows: number, blocks: number, bits: number, like: Value): Value {
  if (zeros.dtype !== "uint8") return zeros;
  const bytes = Math.ceil((blocks * bits) / 8);
  const whole = unpacked(g, g.reshape(zeros, [rows, bytes]), bits);
  const cut = [[0], [blocks], [1]].map((bound) => g.constant(bound, "int64"));
  return g.cast(g.op("Slice", [whole, ...cut]), like.dtype);
}
