import type { DType } from "@athanor/core";
import { defineOp, int } from "../define-op.ts";
import { elementType } from "../element-types.ts";
import type { Value } from "../graph/graph-builder.ts";
import { quantizedParts } from "../rules/quantized-parts.ts";
import { usableScale } from "../rules/usable-scale.ts";

export const quantizeLinear = defineOp({
  name: "QuantizeLinear",
  attributes: { axis: int(1), block_size: int(0), output_dtype: int(0), precision: int(0), saturate: int(1) },
  inputs: [2, 3],
  isQuantized: true,
  infer: ({ inputs: [x, , zeroPoint], attributes: { output_dtype } }) => [
    { dtype: zeroPoint?.dtype ?? (output_dtype === 0 ? "uint8" : elementType(output_dtype)), shape: x!.shape },
  ],
  // Rounding passes the gradient straight through, but not where x lies outside the range: y ≈ x / scale + z
  gradient({
    g,
    inputs: [x, scale, zeroPoint],
    outputs: [y],
    upstream: [dy],
    attributes: { axis, block_size },
    wants,
    constant,
  }) {
    const { apart, parameter, axes } = quantizedParts(x!, scale!, axis, block_size);
    const split = (value: Value) => (block_size === 0 ? value : g.reshape(value, apart));
    const joined = (value: Value) => (block_size === 0 ? value : g.reshape(value, x!.shape));
    const each = (value: Value) => g.reshape(g.cast(value, dy!.dtype), parameter);
    const usable = usableScale(g, g.cast(scale!, dy!.dtype), constant(1));
    const steps = g.div(split(g.cast(x!, dy!.dtype)), each(usable.scale));
    const whole = split(g.cast(y!, dy!.dtype));
    const moved = g.sub(steps, zeroPoint ? g.sub(whole, each(zeroPoint)) : whole);
    const isInside = g.op("LessOrEqual", [g.abs(moved), g.constant(mostRounding, dy!.dtype as "float32")]);
    const kept = isWhole(y!.dtype) ? g.mul(split(dy!), g.cast(isInside, dy!.dtype)) : split(dy!);
    const slopes = g.div(usable.mask ? g.mul(kept, each(usable.mask)) : kept, each(usable.scale));
    return [
      wants(0) ? g.cast(joined(slopes), x!.dtype) : undefined,
      wants(1)
        ? g.reshape(g.cast(g.neg(g.reduceSum(g.mul(slopes, steps), axes)), scale!.dtype), scale!.shape)
        : undefined,
    ];
  },
});

/** Half a step, and what single precision adds to it. */
const mostRounding = 0.501;
const isWhole = (dtype: DType): boolean => dtype.includes("int");
