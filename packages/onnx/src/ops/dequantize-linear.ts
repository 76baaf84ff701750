import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import type { Value } from "../graph/graph-builder.ts";
import { quantizedParts } from "../rules/quantized-parts.ts";
import { usableScale } from "../rules/usable-scale.ts";

export const dequantizeLinear = defineOp({
  name: "DequantizeLinear",
  attributes: { axis: int(1), block_size: int(0), output_dtype: int(0) },
  inputs: [2, 3],
  infer: ({ inputs: [x, scale], attributes: { output_dtype } }) => [
    { dtype: output_dtype === 0 ? scale!.dtype : elementType(output_dtype), shape: x!.shape },
  ],
  // y = (x − z) · scale, so dx = dy · scale, and the scales get Σ dy (x − z)
  gradient({ g, inputs: [x, scale, zeroPoint], upstream: [dy], attributes: { axis, block_size }, wants, constant }) {
    const { apart, parameter, axes } = quantizedParts(x!, scale!, axis, block_size);
    const split = (value: Value) => (block_size === 0 ? value : g.reshape(value, apart));
    const joined = (value: Value) => (block_size === 0 ? value : g.reshape(value, x!.shape));
    const each = (value: Value) => g.reshape(g.cast(value, dy!.dtype), parameter);
    const slopes = split(dy!);
    const ratio = () => {
      const usable = usableScale(g, g.cast(scale!, dy!.dtype), constant(1));
      return each(usable.mask ? g.mul(usable.scale, usable.mask) : usable.scale);
    };
    const steps = () => {
      const whole = split(g.cast(x!, dy!.dtype));
      return zeroPoint ? g.sub(whole, each(zeroPoint)) : whole;
    };
    return [
      wants(0) ? joined(g.mul(slopes, ratio())) : undefined,
      wants(1) ? g.reshape(g.cast(g.reduceSum(g.mul(slopes, steps()), axes), scale!.dtype), scale!.shape) : undefined,
    ];
  },
});
