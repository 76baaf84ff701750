import { defineOp } from "../define-op.ts";
import { spread } from "../rules/spread.ts";
import { knownSize, spatialShape } from "../shapes.ts";

export const globalAveragePool = defineOp({
  name: "GlobalAveragePool",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [{ dtype: x!.dtype, shape: x!.shape?.map((length, axis) => (axis < 2 ? length : 1)) }],
  // dx = dy / n, repeated
  gradient: ({ g, inputs: [x], upstream: [dy] }) => [
    spread(g, g.mul(dy!, 1 / knownSize(spatialShape("GlobalAveragePool", x!))!), x!),
  ],
});
