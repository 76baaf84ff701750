import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import { quantizedShape } from "../quantized-shape.ts";
import { shapeError } from "../shapes.ts";

export const dequantizeLinear = defineOp({
  name: "DequantizeLinear",
  attributes: { axis: int(1), block_size: int(0), output_dtype: int(0) },
  inputs: [2, 3],
  infer: ({ inputs: [x, scale], attributes: { output_dtype } }) => [
    { dtype: output_dtype === 0 ? scale!.dtype : elementType(output_dtype), shape: x!.shape },
  ],
  // y = (x − z) · scale, so the scales get Σ dy (x − z); whole numbers have no gradient
  gradient({ g, inputs: [x, scale, zeroPoint], upstream: [dy], attributes: { axis, block_size } }) {
    if (block_size !== 0)
      throw shapeError("DequantizeLinear", "one scale a tensor or an axis for a gradient", x, scale);
    const shape = quantizedShape(x!, scale!, axis);
    const z = zeroPoint && g.reshape(g.cast(zeroPoint, dy!.dtype), shape);
    const steps = g.cast(x!, dy!.dtype);
    const scaled = g.mul(dy!, z ? g.sub(steps, z) : steps);
    const axes = x!.shape.flatMap((_, i) => (shape.length > 1 && shape[i] !== 1 ? [] : [i]));
    return [undefined, g.reshape(g.cast(g.reduceSum(scaled, axes), scale!.dtype), scale!.shape)];
  },
});
