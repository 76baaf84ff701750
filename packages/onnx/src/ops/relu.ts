import { defineOp } from "../define-op.ts";

/** Steep enough that a float's smallest positive value maps to 1; one operator instead of a comparison and a cast. */
const steep = 3e38;

export const relu = defineOp({
  name: "Relu",
  attributes: {},
  inputs: [1, 1],
  infer: ({ inputs: [x] }) => [x!],
  // dx = dy where y > 0, else 0
  gradient: ({ g, outputs: [y], upstream: [dy] }) =>
    y!.dtype === "float32"
      ? [g.mul(dy!, g.op("HardSigmoid", [y], { alpha: steep, beta: 0 }))]
      : [g.mul(dy!, g.cast(g.greater(y!, 0), y!.dtype))],
});
