import { defineOp, float, int } from "../define-op.ts";
import { normalize } from "../rules/normalize.ts";
import { reshapeLike } from "../rules/reshape-like.ts";
import { shapeError } from "../shapes.ts";

export const groupNormalization = defineOp({
  name: "GroupNormalization",
  attributes: { epsilon: float(1e-5), num_groups: int(1), stash_type: int(1) },
  inputs: [3, 3],
  infer({ inputs: [x], attributes: { num_groups: groups } }) {
    const channels = x!.shape?.[1];
    if (typeof channels === "number" && channels % groups !== 0)
      throw shapeError("GroupNormalization", `channels that divide into ${groups} groups`, x);
    return [x!];
  },
  // y = n ⊙ scale + bias with n normalized over each group of channels of each example
  gradient({ g, inputs: [x, scale], upstream: [dy], attributes: { epsilon, num_groups: groups }, wants }) {
    const { shape } = x!;
    const { normal, back } = normalize(g, g.reshape(x!, [shape[0]!, groups, -1]), [2], epsilon);
    const channel = shape.map((length, axis) => (axis === 1 ? length : 1));
    const others = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
    const dn = () => g.reshape(g.mul(dy!, g.reshape(scale!, channel)), [shape[0]!, groups, -1]);
    return [
      wants(0) ? reshapeLike(g, back(dn()), x!) : undefined,
      wants(1) ? g.reduceSum(g.mul(dy!, reshapeLike(g, normal, x!)), others) : undefined,
      wants(2) ? g.reduceSum(dy!, others) : undefined,
    ];
  },
});
