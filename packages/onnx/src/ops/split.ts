import { integersOf } from "../constant-tensor.ts";
import { defineOp, int, optional } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { zerosLike } from "../rules/zeros-like.ts";
import { axisOf, shapeError } from "../shapes.ts";

export const split = defineOp({
  name: "Split",
  attributes: { axis: int(0), num_outputs: optional.int },
  inputs: [1, 2],
  infer({ inputs: [x, given], attributes: { axis, num_outputs }, outputCount, constant }) {
    const { dtype, shape } = x!;
    if (!given && num_outputs !== outputCount)
      throw shapeError("Split", `lengths of the parts or num_outputs ${outputCount}`, x);
    const parts = constant(1);
    if (shape === undefined) return Array.from({ length: outputCount }, () => x!);
    const at = axisOf("Split", axis, x!);
    const lengths = parts
      ? integersOf(parts)
      : given
        ? Array.from({ length: outputCount }, (_, i) => `${shape[at]}_part${i}`)
        : evenParts(shape[at]!, outputCount);
    const total = lengths.reduce<number>((sum, length) => sum + Number(length), 0);
    if (lengths.length !== outputCount || (typeof shape[at] === "number" && total !== shape[at] && parts))
      throw shapeError("Split", `${outputCount} parts that add up to axis ${at}`, x, { dtype, shape: lengths });
    return lengths.map((length) => ({ dtype, shape: shape.with(at, length) }));
  },
  // dx is the parts' gradients side by side
  gradient({ g, outputs, upstream, attributes: { axis } }) {
    const parts = outputs.map((output, i) => upstream[i] ?? zerosLike(g, output));
    return [g.concat(parts, axis)];
  },
});

/** Equal parts, the last one smaller where the length does not divide. */
function evenParts(length: Dim, count: number): readonly Dim[] {
  if (typeof length === "string") return Array.from({ length: count }, () => `${length}/${count}`);
  const part = Math.ceil(length / count);
  return Array.from({ length: count }, (_, i) => Math.max(0, Math.min(part, length - i * part)));
}
