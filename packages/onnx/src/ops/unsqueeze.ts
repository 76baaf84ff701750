import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import type { Dim } from "../model.ts";
import { reshapeLike } from "../rules/reshape-like.ts";

export const unsqueeze = defineOp({
  name: "Unsqueeze",
  attributes: {},
  inputs: [2, 2],
  algebra: { isView: true },
  infer({ inputs: [x], constant }) {
    const axes = constant(1);
    if (axes === undefined || x!.shape === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    const rank = x!.shape.length + axes.size;
    const inserted = new Set(integersOf(axes).map((axis) => (axis < 0 ? axis + rank : axis)));
    const lengths = [...x!.shape];
    return [
      {
        dtype: x!.dtype,
        shape: Array.from({ length: rank }, (_, axis): Dim => (inserted.has(axis) ? 1 : lengths.shift()!)),
      },
    ];
  },
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [reshapeLike(g, dy!, x!)],
});
