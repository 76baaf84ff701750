import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import { shapeOf } from "../rules/shape-of.ts";

export const tile = defineOp({
  name: "Tile",
  attributes: {},
  inputs: [2, 2],
  infer({ inputs: [x], constant }) {
    const repeats = constant(1);
    if (x!.shape === undefined) return [x!];
    const counts = repeats && integersOf(repeats);
    const shape = x!.shape.map((length, axis) => {
      const count = counts?.[axis];
      if (count === 1) return length;
      return typeof length === "number" && count !== undefined ? length * count : `${count ?? "n"}*${length}`;
    });
    return [{ dtype: x!.dtype, shape }];
  },
  // dx sums dy over the repetitions
  gradient({ g, inputs: [x, repeats], upstream: [dy] }) {
    const pairs = [repeats!, shapeOf(g, x!)].map((lengths) => g.op("Unsqueeze", [lengths, g.constant([1], "int64")]));
    const apart = g.op("Reshape", [dy, g.op("Reshape", [g.concat(pairs, 1), g.constant([-1], "int64")])]);
    return [
      g.reduceSum(
        apart,
        x!.shape.map((_, axis) => 2 * axis),
      ),
    ];
  },
});
