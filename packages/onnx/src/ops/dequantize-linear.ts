import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { quantizedParts } from "../rules/quantized-parts.ts";

export const dequantizeLinear = defineOp({
  name: "DequantizeLinear",
  attributes: { axis: int(1), block_size: int(0), output_dtype: int(0) },
  inputs: [2, 3],
  infer: ({ inputs: [x, scale], attributes: { output_dtype } }) => [
    { dtype: output_dtype === 0 ? scale!.dtype : elementType(output_dtype), shape: x!.shape },
  ],
  // y = (x − z) · scale, so the scales get Σ dy (x − z); whole numbers have no gradient
  gradient({ g, inputs: [x, scale, zeroPoint], upstream: [dy], attributes: { axis, block_size } }) {
    const { apart, parameter, axes } = quantizedParts(x!, scale!, axis, block_size);
    const z = zeroPoint && g.reshape(g.cast(zeroPoint, dy!.dtype), parameter);
    const steps = g.reshape(g.cast(x!, dy!.dtype), apart);
    const scaled = g.mul(g.reshape(dy!, apart), z ? g.sub(steps, z) : steps);
    return [undefined, g.reshape(g.cast(g.reduceSum(scaled, axes), scale!.dtype), scale!.shape)];
  },
});
