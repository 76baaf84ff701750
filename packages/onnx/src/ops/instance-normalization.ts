import { defineOp, float } from "../define-op.ts";
import { axesFrom, normalize } from "../rules/normalize.ts";

export const instanceNormalization = defineOp({
  name: "InstanceNormalization",
  attributes: { epsilon: float(1e-5) },
  inputs: [3, 3],
  infer: ({ inputs: [x] }) => [x!],
  // y = n ⊙ scale + bias with n normalized over each channel of each example
  gradient({ g, inputs: [x, scale], upstream: [dy], attributes: { epsilon }, wants }) {
    const axes = axesFrom(x!, 2);
    const { normal, back } = normalize(g, x!, axes, epsilon);
    const channel = [1, scale!.shape[0]!, ...axes.map(() => 1)];
    const others = [0, ...axes];
    return [
      wants(0) ? back(g.mul(dy!, g.reshape(scale!, channel))) : undefined,
      wants(1) ? g.reduceSum(g.mul(dy!, normal), others) : undefined,
      wants(2) ? g.reduceSum(dy!, others) : undefined,
    ];
  },
});
