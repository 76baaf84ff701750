import { integersOf } from "../constant-tensor.ts";
import { defineOp } from "../define-op.ts";
import { staticShape } from "../shapes.ts";

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
  gradient({ g, inputs: [x], upstream: [dy], constant }) {
    const counts = integersOf(constant(1)!);
    const shape = staticShape("Tile", x!);
    const apart = g.reshape(
      dy!,
      shape.flatMap((length, axis) => [counts[axis]!, length]),
    );
    return [
      g.reduceSum(
        apart,
        shape.map((_, axis) => 2 * axis),
      ),
    ];
  },
});
