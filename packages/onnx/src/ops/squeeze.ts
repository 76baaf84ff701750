import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import { reshapeLike } from "../rules/reshape-like.ts";

export const squeeze = defineOp({
  name: "Squeeze",
  attributes: {},
  inputs: [1, 2],
  algebra: { isView: true },
  infer({ inputs: [x, given], constant }) {
    const axes = constant(1);
    const { dtype, shape } = x!;
    if (shape === undefined || (given && axes === undefined)) return [{ dtype, shape: undefined }];
    const removed = axes && new Set(integersOf(axes).map((axis) => (axis < 0 ? axis + shape.length : axis)));
    return [{ dtype, shape: shape.filter((length, axis) => (removed ? !removed.has(axis) : length !== 1)) }];
  },
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [reshapeLike(g, dy!, x!)],
});
